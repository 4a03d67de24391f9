package io.postgresloader.camel.operate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds who answers a path. A route is a path such as {@code /observe/status}, or one whose last segment is {@code *} and
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
            return last(segments).equals(ANY);
        }

        Optional<Match> match(List<String> path) {
            if (!open()) {
                return path.equals(segments) ? Optional.of(new Match(answering, Optional.empty())) : Optional.empty();
            }
            int before = segments.size() - 1;
            boolean matches = path.size() == segments.size()
                    && path.subList(0, before).equals(segments.subList(0, before))
                    && !last(path).isEmpty();
            return matches ? Optional.of(new Match(answering, Optional.of(last(path)))) : Optional.empty();
        }
    }

    private static String last(List<String> segments) {
        return segments.get(segments.size() - 1);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    /** A + in a path is a plus. */
    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
