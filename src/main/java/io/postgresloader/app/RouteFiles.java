package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks that there are route files: Camel itself starts without any. */
final class RouteFiles {
    private RouteFiles() {}

    /** @throws ConfigurationException if the directory cannot be read or contains no route file */
    static void require(Path directory) {
        if (!holdsRoutes(directory)) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    "settings",
                    0,
                    Setting.ROUTES_DIR.variable(),
                    directory + " contains no *.yaml file",
                    "set it to the directory of the route files shipped with the loader")));
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
