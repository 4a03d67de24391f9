package io.postgresloader.demo.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A loader and how it is started.
 *
 * @param jar the jar, absolute
 * @param directory the directory in which it runs
 * @param routes the directory with the route files of the jar's version, absolute
 * @param label {@code #1 } and so on where several loaders are measured, otherwise empty
 * @param byLauncher whether the script next to the jar starts it rather than {@code java -jar}
 */
public record LoaderProgram(Path jar, Path directory, Path routes, String label, boolean byLauncher) {
    private static final String HEAP = "-Xmx256m";

    /** By the launcher where the build made one. */
    public static LoaderProgram of(Path jar, Path directory, Path routes, String label) {
        return new LoaderProgram(jar, directory, routes, label, Files.isExecutable(launcher(jar)));
    }

    /** The same loader without the launcher. */
    LoaderProgram byJava() {
        return new LoaderProgram(jar, directory, routes, label, false);
    }

    LoaderProgram withoutLabel() {
        return new LoaderProgram(jar, directory, routes, "", byLauncher);
    }

    /** How it is started, in a word or two. */
    String start() {
        return byLauncher ? "launcher" : "java -jar";
    }

    /** Whether it has a setting, by the name of its environment variable. */
    boolean knows(String setting) throws IOException {
        Process process = new ProcessBuilder(javaProgram(), "-jar", jar.toString(), "--help-settings")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains(setting);
    }

    /** Its start, in the directory of its routes. */
    ProcessBuilder process(Map<String, String> environment, Path log, String... arguments) {
        List<String> command =
                new ArrayList<>(byLauncher ? List.of(launcher(jar).toString()) : java());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().put("ROUTES_DIR", routes.toString());
        if (byLauncher) {
            process.environment().put("JAVA_HOME", System.getProperty("java.home"));
            process.environment().put("LOADER_JAVA_OPTIONS", HEAP);
        }
        process.environment().putAll(environment);
        return process;
    }

    private List<String> java() {
        return List.of(javaProgram(), HEAP, "-jar", jar.toString());
    }

    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path launcher(Path jar) {
        return jar.resolveSibling("postgres-loader");
    }
}
