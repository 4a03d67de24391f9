package io.postgresloader.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The route files of version 0.1.0, by the id of their route. */
public final class OlderRouteFiles {
    public static final Path DIRECTORY = Path.of("src", "test", "resources", "routes-0.1.0");

    /** Those whose steps no longer exist; the page "Upgrading custom routes" lists the same ones. */
    public static final List<String> OUTDATED = List.of(
            "dead-letter", "fail-load", "finish-load", "load-chunk", "load-table", "record-metrics", "record-status");

    private OlderRouteFiles() {}

    /** Those that work unchanged among the files of today. */
    public static List<String> usable() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(ShippedRoutes::id)
                    .filter(id -> !OUTDATED.contains(id))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path file(String id) {
        return ShippedRoutes.file(DIRECTORY, id);
    }
}
