package io.postgresloader.camel.operate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds who answers a path. A route is a path such as {@code /observe/status}, or one with a segment {@code *}, which
 * stands for any one segment: {@code /observe/status/tables/*}. Segments are decoded once, after the path was split, so that
 * a name may contain a slash. A path that is named comes before one that is left open.
 */
final class Router {
    private static final String ANY = "*";

    private final List<Route> routes;

    /** @param answers by route */
    Router(Map<String, Answering> answers) {
        routes = answers.entrySet().stream()
                .map(entry -> new Route(segments(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing(Route::open))
                .toList();
    }

    /**
     * Who answers.
     *
     * @param segment what the client put in the place that the route leaves open
     */
    record Match(Answering answering, Optional<String> segment) {}

    /** @param rawPath of the request, not decoded; null: it has none */
    Optional<Match> match(String rawPath) {
        if (rawPath == null || !rawPath.startsWith("/")) {
            return Optional.empty();
        }
        List<String> segments = segments(rawPath).stream().map(Router::decoded).toList();
        return routes.stream().flatMap(route -> route.match(segments).stream()).findFirst();
    }

    private record Route(List<String> segments, Answering answering) {
        boolean open() {
            return segments.contains(ANY);
        }

        Optional<Match> match(List<String> path) {
            if (path.size() != segments.size()) {
                return Optional.empty();
            }
            List<String> filled = new ArrayList<>(segments);
            Optional<String> left = open() ? Optional.of(path.get(segments.indexOf(ANY))) : Optional.empty();
            left.ifPresent(segment -> filled.set(segments.indexOf(ANY), segment));
            return path.equals(filled) && !left.equals(Optional.of(""))
                    ? Optional.of(new Match(answering, left))
                    : Optional.empty();
        }
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    /** A + in a path is a plus. */
    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
