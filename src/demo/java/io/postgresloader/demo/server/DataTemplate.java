package io.postgresloader.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A data directory in which no server runs: each server begins with a copy, since to make one takes seconds. */
record DataTemplate(Path directory) {
    /** Fills a data directory, unless it has been filled before. */
    void copyTo(Path data) throws IOException {
        Path filled = data.resolveSibling("filled");
        if (Files.exists(filled)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> files = found.toList();
            for (Path file : files) {
                Path copy = data.resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.createFile(filled);
    }

    /** Leaves the directory there, and empty. */
    void clear() throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                if (!path.equals(directory)) {
                    Files.delete(path);
                }
            }
        }
    }
}
