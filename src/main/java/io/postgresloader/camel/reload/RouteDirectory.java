package io.postgresloader.camel.reload;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The directory of the route files. */
public final class RouteDirectory {
    private final Path directory;

    public RouteDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads all route files as they are now: {@code *.yaml}, but for hidden ones, which editors put down for a moment.
     * Links are followed, so that files may be swapped all at once, as Kubernetes does.
     *
     * @return by name
     * @throws IOException when a file, or the directory, cannot be read, perhaps because it is just being replaced
     */
    public SortedMap<String, RouteFile> read() throws IOException {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.yaml")) {
            for (Path path : found) {
                if (!path.getFileName().toString().startsWith(".") && !Files.isDirectory(path)) {
                    RouteFile file = RouteFile.of(path, Files.readAllBytes(path));
                    files.put(file.name(), file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    public Path path() {
        return directory;
    }
}
