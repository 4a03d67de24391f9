package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a program printed that was run in a directory, and with an environment, of its own.
 *
 * @param out its standard output
 * @param err its standard error
 */
record Launched(int exitCode, String out, String err) {
    static final Path LAUNCHER = Path.of("target", "postgres-loader").toAbsolutePath();

    /** Settings that are complete; nothing listens at port 1. */
    static final Map<String, String> NO_DATABASES = Map.of(
            "SOURCE_URL", "jdbc:mysql://127.0.0.1:1/none",
            "SOURCE_USER", "nobody",
            "TARGET_URL", "jdbc:postgresql://127.0.0.1:1/none",
            "TARGET_USER", "nobody");

    /** @param directory where it runs, and where the files out and err keep what it prints */
    static Process start(Map<String, String> environment, Path directory, Path program, String... arguments)
            throws IOException {
        List<String> command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Launched run(Map<String, String> environment, Path directory, Path program, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(environment, directory, program, arguments);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Launched(
                process.exitValue(),
                Files.readString(directory.resolve("out")),
                Files.readString(directory.resolve("err")));
    }
}
