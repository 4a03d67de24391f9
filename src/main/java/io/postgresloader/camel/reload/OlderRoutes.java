package io.postgresloader.camel.reload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises route files of version 0.1.0 that no longer work: their steps read a load from the exchange property {@code
 * load}, pass maps to SQL, or are {@code transacted}. Camel would build some of these routes, and the first load would
 * fail. Other files of version 0.1.0 work unchanged.
 */
final class OlderRoutes {
    /** Where a user reads what to change. */
    static final String SEE = "if the file is of version 0.1.0, see the page \"Upgrading custom routes\"";

    private static final String UPGRADE = ", as routes of version 0.1.0 do; see the page \"Upgrading custom routes\"";
    private static final Pattern ID = option("id");
    private static final Pattern REF = option("ref");
    private static final Pattern LOAD =
            Pattern.compile("exchangeProperty\\.load\\b|exchangeProperty\\[load]|exchangePropertyAs\\(load\\b");
    private static final Pattern NAMED = Pattern.compile(":#(?!\\$\\{)\\w+");
    private static final Pattern TRANSACTED = Pattern.compile("^([-\\s]*)transacted:");

    /** The bean was Camel's policy for {@code transacted}. Now it is a policy of the loader. */
    private static final String TRANSACTION = "chunkTransaction";

    /** The routes whose statements took their parameters from maps. */
    private static final Set<String> FROM_MAPS = Set.of("record-status", "record-metrics", "dead-letter");

    private OlderRoutes() {}

    /** @throws RouteProblem naming the first step that only version 0.1.0 understands */
    static void require(RouteFile file) throws RouteProblem {
        List<String> lines = file.text()
                .lines()
                .map(line -> line.strip().startsWith("#") ? "" : line)
                .toList();
        String route = "";
        String step = "";
        for (int i = 0; i < lines.size(); i++) {
            String options = options(lines.subList(i, lines.size()));
            String id = value(ID, options.isEmpty() ? lines.get(i) : options).orElse("");
            route = route.isEmpty() ? id : route;
            step = id.isEmpty() ? step : id;
            Optional<String> does = options.isEmpty() ? older(route, lines.get(i)) : transacted(options);
            if (does.isPresent()) {
                throw new RouteProblem(file.name(), i + 1, "step '" + step + "' " + does.get() + UPGRADE);
            }
        }
    }

    private static Optional<String> older(String route, String line) {
        Matcher load = LOAD.matcher(line);
        if (load.find()) {
            return Optional.of("reads " + load.group());
        }
        Matcher named = NAMED.matcher(line);
        return FROM_MAPS.contains(route) && named.find()
                ? Optional.of("takes the SQL parameter " + named.group() + " from a map")
                : Optional.empty();
    }

    /** Without a name, Camel took the only policy there was. */
    private static Optional<String> transacted(String options) {
        return value(REF, options).orElse(TRANSACTION).equals(TRANSACTION)
                ? Optional.of("uses transacted instead of policy")
                : Optional.empty();
    }

    /** The options of the step {@code transacted} that the first line begins, without its steps; empty for another step. */
    private static String options(List<String> lines) {
        Matcher begin = TRANSACTED.matcher(lines.get(0));
        if (!begin.find()) {
            return "";
        }
        List<String> inside = lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .takeWhile(line -> indent(line) > begin.end(1))
                .toList();
        return Stream.concat(
                        Stream.of(lines.get(0)), inside.stream().filter(line -> indent(line) == indent(inside.get(0))))
                .collect(Collectors.joining("\n"));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static Pattern option(String name) {
        return Pattern.compile("(?m)(?:^[-\\s]*|[{,]\\s*)" + name + ":\\s*[\"']?([^\"'\\s,}]+)");
    }

    private static Optional<String> value(Pattern option, String text) {
        Matcher matcher = option.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
