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
    /** The longer ending, {@code .camel.yaml}, matches as well. */
    private static final String ALL = "*.yaml";

    private final Path directory;

    public RouteDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads all route files: {@code *.camel.yaml} and {@code *.yaml}, except hidden files, which editors create for a
     * moment. Links are followed, since Kubernetes replaces the files of a volume by changing a link.
     *
     * @return the files by name
     * @throws IOException when the directory or a file cannot be read, for instance because it is being replaced
     */
    public SortedMap<String, RouteFile> read() throws IOException {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, ALL)) {
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
