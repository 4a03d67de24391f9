package io.postgresloader.demo.benchmark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Programs that are measured: those of the machine, and main classes of the benchmark in a JVM of their own. */
final class Programs {
    private Programs() {}

    /** The program of this name, where the machine has one. */
    static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A main class of the benchmark, with as much heap as the loader has and the libraries of its jar. */
    static ProcessBuilder java(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                LoaderProgram.javaProgram(),
                "-Xmx256m",
                "-cp",
                classes()
                        + File.pathSeparator
                        + Path.of("target", "postgres-loader.jar").toAbsolutePath(),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Sends to this file what the programs print that do not print into a pipe. */
    static void log(List<ProcessBuilder> piped, Path log) {
        ProcessBuilder.Redirect file = ProcessBuilder.Redirect.appendTo(log.toFile());
        piped.forEach(program -> program.redirectError(file));
        piped.get(piped.size() - 1).redirectOutput(file);
    }

    private static Path classes() {
        try {
            return Path.of(Programs.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the benchmark's classes have no path", e);
        }
    }
}
