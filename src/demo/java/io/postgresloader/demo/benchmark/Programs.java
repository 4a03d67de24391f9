package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs that are measured: those of the machine, and main classes in a JVM of their own. */
final class Programs {
    private Programs() {}

    /** The program of this name, where the machine has one. */
    static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A main class, with as much heap as the loader has and the libraries of its jar. */
    static ProcessBuilder java(String main, List<String> options, List<String> arguments) {
        return java(main, List.of(), options, arguments);
    }

    /** @param libraries a class of each library that the jar does not have */
    static ProcessBuilder java(String main, List<Class<?>> libraries, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(LoaderProgram.javaProgram(), "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(libraries), main));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** PostgreSQL's client on the model database of a job. */
    static ProcessBuilder psql(Bench bench, Job job, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "psql",
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                "postgresql://" + EmbeddedPostgresServer.USER + "@127.0.0.1:"
                        + bench.target().port() + "/" + job.model()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Sends to this file what the programs print that do not print into a pipe. */
    static void log(List<ProcessBuilder> piped, Path log) {
        ProcessBuilder.Redirect file = ProcessBuilder.Redirect.appendTo(log.toFile());
        piped.forEach(program -> program.redirectError(file));
        piped.get(piped.size() - 1).redirectOutput(file);
    }

    private static String classPath(List<Class<?>> libraries) {
        return Stream.of(
                        Stream.of(
                                location(Programs.class),
                                Path.of("target", "postgres-loader.jar").toAbsolutePath()),
                        libraries.stream().map(Programs::location))
                .flatMap(paths -> paths)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar or the directory of a class. */
    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " is in no file", e);
        }
    }
}
