package io.postgresloader.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the class-data archive, which saves the JVM most of the work of its start: the program's classes, as this JVM
 * keeps them in memory. The launcher uses it, and calls this class with the option {@code --make-archive}.
 *
 * <p>The classes are those that a start without databases loads, and those that only a load with databases needs.
 */
final class ClassArchive {
    /** Beyond what a start without databases loads: statements, rows, values, the tracking tables. */
    private static final Pattern WITH_DATABASES = Pattern.compile("(io/postgresloader|com/mysql/cj/(?!x/|xdevapi/)"
            + "|org/postgresql|com/zaxxer/hikari|org/springframework/(jdbc|dao|transaction)"
            + "|org/flywaydb/(core|database/postgresql)|com/fasterxml/jackson).*");

    private static final String VERSIONS = "META-INF/versions/";
    private static final String CLASS = ".class";

    /** Either step takes a few seconds; one that takes so long hangs. */
    private static final long LIMIT_SECONDS = 120;

    private final Path jar;
    private final Path directory;

    private ClassArchive(Path jar, Path directory) {
        this.jar = jar;
        this.directory = directory;
    }

    /** @param args the file to make, and the directory of the route files */
    public static void main(String[] args) {
        try {
            make(Path.of(args[0]), Path.of(args[1]));
        } catch (IOException e) {
            System.err.println("no class-data archive was made: " + e.getMessage());
            Runtime.getRuntime().exit(ExitCode.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Replaces the file at once, so that a loader that starts meanwhile finds a whole one. */
    private static void make(Path archive, Path routes) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("java.class.path"));
        Path directory = Files.createTempDirectory(archive.toAbsolutePath().getParent(), "archive");
        try {
            Path made = new ClassArchive(jar, directory).make(routes);
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private Path make(Path routes) throws IOException, InterruptedException {
        Path list = directory.resolve("classes.lst");
        java(
                "-XX:DumpLoadedClassList=" + list,
                "-cp",
                jar.toString(),
                ArchiveTraining.class.getName(),
                routes.toString());
        Files.write(list, completed(Files.readAllLines(list)));
        Path archive = directory.resolve("classes.jsa");
        java(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                jar.toString());
        return archive;
    }

    /** The lines of the JVM's list: a class each, or, after an {@code @}, what the JVM makes of lambdas. */
    private Set<String> completed(List<String> loaded) throws IOException {
        Set<String> lines = new LinkedHashSet<>(loaded);
        try (JarFile classes = new JarFile(jar.toFile())) {
            classes.stream()
                    .map(JarEntry::getName)
                    .filter(name ->
                            name.endsWith(CLASS) && WITH_DATABASES.matcher(name).matches())
                    .map(ClassArchive::className)
                    .forEach(lines::add);
            // With these in the archive a JVM crashes as soon as an agent or a flight recording is started: it looks
            // for their bytes outside META-INF/versions.
            lines.removeAll(versioned(classes));
        }
        return lines;
    }

    private static Set<String> versioned(JarFile classes) {
        return classes.stream()
                .map(JarEntry::getName)
                .filter(name -> name.startsWith(VERSIONS) && name.endsWith(CLASS))
                .map(name -> className(name.substring(name.indexOf('/', VERSIONS.length()) + 1)))
                .collect(Collectors.toSet());
    }

    private static String className(String file) {
        return file.substring(0, file.length() - CLASS.length());
    }

    private void java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Quick to start; the archive serves other collectors and compilers as well.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        Path log = directory.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // A JVM with an agent makes no archive.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(arguments[0] + " did not end within " + LIMIT_SECONDS + " seconds");
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException(arguments[0] + " ended with exit code " + process.exitValue() + ": "
                    + String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
        }
    }
}
