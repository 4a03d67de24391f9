package io.postgresloader.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * A loader to measure.
 *
 * @param file the jar, absolute
 * @param routes the directory with the route files of the jar's version, absolute
 */
record BenchmarkJar(Path file, Path routes) {
    private static final String ROUTES = "routes";

    /**
     * The directory in which the loader runs. It contains the routes, so that a loader also reads the {@code
     * config/application.properties} of its own version.
     */
    Path directory() {
        return routes.getParent();
    }

    /** Why this loader cannot be measured, and how to fix it; empty when it can. */
    Optional<String> problem() {
        if (!Files.isRegularFile(file)) {
            return Optional.of("There is no " + file + "; run: mvn -q -DskipTests package");
        }
        return Files.isDirectory(routes)
                ? Optional.empty()
                : Optional.of("There is no directory " + routes + "; name the one with the routes of " + file
                        + ": --jar FILE:ROUTES");
    }

    /** Reads {@code FILE} or {@code FILE:ROUTES}. */
    static final class Converter implements ITypeConverter<BenchmarkJar> {
        @Override
        public BenchmarkJar convert(String text) {
            int colon = text.indexOf(':');
            Path file = absolute(colon < 0 ? text : text.substring(0, colon));
            return new BenchmarkJar(file, colon < 0 ? routesOf(file) : absolute(text.substring(colon + 1)));
        }

        /** The routes of the checkout that the jar was built in, otherwise those of this one. */
        private static Path routesOf(Path file) {
            Path own = file.resolve("../..").normalize().resolve(ROUTES);
            return Files.isDirectory(own) ? own : absolute(ROUTES);
        }

        private static Path absolute(String path) {
            return Path.of(path).toAbsolutePath().normalize();
        }
    }
}
