package io.postgresloader.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of the packaged program as a process of its own.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record JarRun(int exitCode, String out, String err) {
    /** A run that takes so long hangs. */
    private static final long LIMIT_SECONDS = 120;

    private static final Path JAR = Path.of("target", "postgres-loader.jar");
    /** Made with the jar, by the launcher. */
    private static final Path ARCHIVE = Path.of("target", "postgres-loader.jsa");

    private static final Path DIRECTORY = Path.of("target", "runs");

    /** Runs it with these variables and none of the test's own, in the project's directory. */
    public static JarRun of(Map<String, String> environment, String... arguments) {
        return of(environment, List.of(), arguments);
    }

    /** Starts it and leaves the process to the test; what it prints is not looked at. */
    public static Process start(Map<String, String> environment, String... arguments) {
        try {
            return start(environment, quick(List.of(), arguments), temporaryFile(), temporaryFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it and leaves the process to the test.
     *
     * @param jvm options of the virtual machine
     * @param log the file for all that it prints
     */
    public static Process start(Map<String, String> environment, List<String> jvm, Path log, String... arguments) {
        try {
            return start(environment, quick(jvm, arguments), log.toFile(), log.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param jvm options of the virtual machine */
    public static JarRun of(Map<String, String> environment, List<String> jvm, String... arguments) {
        return ofCommand(environment, quick(jvm, arguments));
    }

    /**
     * Runs it from a shell, for arguments and variables whose bytes matter.
     *
     * @param script of POSIX sh; {@code "$@"} in it is the program with its arguments
     */
    public static JarRun ofScript(
            Map<String, String> environment, List<String> jvm, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(quick(jvm, arguments));
        return ofCommand(environment, command);
    }

    static JarRun ofCommand(Map<String, String> environment, List<String> command) {
        try {
            File out = temporaryFile();
            File err = temporaryFile();
            Process process = start(environment, command, out, err);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + command);
            }
            return new JarRun(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<String> quick(List<String> jvm, String... arguments) {
        List<String> options = new ArrayList<>(jvm);
        if (Files.exists(ARCHIVE)) {
            options.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        return command(options, arguments);
    }

    /** The command line of a run; the options make the virtual machine start soon rather than work fast. */
    private static List<String> command(List<String> jvm, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(Map<String, String> environment, List<String> command, File out, File err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static File temporaryFile() throws IOException {
        return Files.createTempFile(Files.createDirectories(DIRECTORY), "run", ".txt")
                .toFile();
    }
}
