package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes sure that there are routes to start: Camel itself is content without. */
final class RouteFiles {
    private RouteFiles() {}

    /** @throws ConfigurationException when the directory cannot be read or holds no route file */
    static void require(Path directory) {
        if (!holdsRoutes(directory)) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    "settings",
                    0,
                    Setting.ROUTES_DIR.variable(),
                    directory + ", which holds no *.yaml",
                    "name the directory of the route files that come with the loader")));
        }
    }

    private static boolean holdsRoutes(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.yaml")) {
            return files.iterator().hasNext();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
