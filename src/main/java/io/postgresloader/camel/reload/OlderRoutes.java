package io.postgresloader.camel.reload;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises route files of version 0.1.0, whose steps read a load from the exchange property {@code load} and pass maps
 * to SQL. Camel would build such routes, and the first load would fail.
 */
final class OlderRoutes {
    /** Where a user reads what to change. */
    static final String SEE = "if the file is of version 0.1.0, see the page \"Upgrading custom routes\"";

    private static final String UPGRADE = ", as routes of version 0.1.0 do; see the page \"Upgrading custom routes\"";
    private static final Pattern ID = Pattern.compile("^[-\\s]*id:\\s*[\"']?([^\"'\\s]+)");
    private static final Pattern LOAD =
            Pattern.compile("exchangeProperty\\.load\\b|exchangeProperty\\[load]|exchangePropertyAs\\(load\\b");
    private static final Pattern NAMED = Pattern.compile(":#(?!\\$\\{)\\w+");

    /** The routes whose statements took their parameters from maps. */
    private static final Set<String> FROM_MAPS = Set.of("record-status", "record-metrics", "dead-letter");

    private OlderRoutes() {}

    /** @throws RouteProblem naming the first step that only version 0.1.0 understands */
    static void require(RouteFile file) throws RouteProblem {
        List<String> lines = file.text().lines().toList();
        String route = "";
        String step = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip().startsWith("#") ? "" : lines.get(i);
            Matcher id = ID.matcher(line);
            if (id.find()) {
                route = route.isEmpty() ? id.group(1) : route;
                step = id.group(1);
            }
            Matcher load = LOAD.matcher(line);
            if (load.find()) {
                throw problem(file, i + 1, step, "reads " + load.group());
            }
            Matcher named = NAMED.matcher(line);
            if (FROM_MAPS.contains(route) && named.find()) {
                throw problem(file, i + 1, step, "takes the SQL parameter " + named.group() + " from a map");
            }
        }
    }

    private static RouteProblem problem(RouteFile file, int line, String step, String does) {
        return new RouteProblem(file.name(), line, "step '" + step + "' " + does + UPGRADE);
    }
}
