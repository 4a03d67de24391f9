package io.postgresloader.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The route files that come with the loader, by the id of their route. */
public final class ShippedRoutes {
    private static final Path DIRECTORY = Path.of("routes");

    private ShippedRoutes() {}

    public static List<Path> all() {
        return in(DIRECTORY);
    }

    public static Path file(String id) {
        return file(DIRECTORY, id);
    }

    /** The file of a route in a copy of the directory. */
    public static Path file(Path directory, String id) {
        return in(directory).stream()
                .filter(file -> id(file).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(directory + " has no route file " + id));
    }

    /** The file name without its ending. */
    public static String id(Path file) {
        return file.getFileName().toString().replaceFirst("(\\.camel)?\\.yaml$", "");
    }

    public static Path copyTo(Path directory) {
        try {
            for (Path file : all()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    private static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
