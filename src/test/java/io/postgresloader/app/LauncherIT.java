package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher that the build puts into the directory of the jar, run as users run it. */
class LauncherIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String NAME = "postgres-loader";
    private static final Path LAUNCHER = Launched.LAUNCHER;

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));

    private Process start(Path launcher, String... arguments) throws IOException {
        return Launched.start(environment, directory, launcher, arguments);
    }

    private Launched run(Path launcher, String... arguments) throws Exception {
        return Launched.run(environment, directory, launcher, arguments);
    }

    @Test
    void argumentsAndExitCodePassThrough() throws Exception {
        Launched run = run(LAUNCHER, "--config", "a file  *.properties", "status");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("a file  *.properties: file: no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absolute", "relative"})
    void aLinkLeadsToTheJar(String kind) throws Exception {
        Path bin = Files.createDirectory(directory.resolve("my bin"));
        Path link = bin.resolve("loader");
        Files.createSymbolicLink(
                link, kind.equals("absolute") ? LAUNCHER : bin.toRealPath().relativize(LAUNCHER));
        Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("my bin", "loader"));

        assertThat(run(link, "--version").out()).startsWith("postgres-loader ");
        assertThat(run(second, "--version").out()).startsWith("postgres-loader ");
    }

    @Test
    void theCallersDirectoryIsTheProgramsDirectory() throws Exception {
        Files.createDirectory(directory.resolve("config"));
        Files.writeString(directory.resolve("config/application.properties"), "no.such.setting=1\n");

        assertThat(run(LAUNCHER, "status").err()).contains("config/application.properties:1: no.such.setting");
    }

    @Test
    void sigtermReachesTheProgram() throws Exception {
        environment.putAll(Launched.NO_DATABASES);
        environment.put("MANAGEMENT_PORT", "0");
        environment.put("ROUTES_DIR", Path.of("routes").toAbsolutePath().toString());
        environment.put(
                "TABLES_FILE",
                Files.writeString(directory.resolve("t.yml"), "t: {}\n").toString());
        Process process = start(LAUNCHER, "run");
        await().atMost(1, TimeUnit.MINUTES).until(() -> Files.size(directory.resolve("err")) > 0);

        assertThat(process.info().command())
                .hasValueSatisfying(command -> assertThat(command).endsWith("java"));
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            JAVA_HOME | /no/java   | JAVA_HOME: /no/java has no bin/java; set it to the directory of Java 17 or later
            PATH      | /no/path   | there is no java on the PATH; install Java 17 or later, or set JAVA_HOME
            """)
    void aMissingJavaIsNamed(String variable, String value, String said) throws Exception {
        environment.put(variable, value);

        Launched run = run(LAUNCHER, "status");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("postgres-loader: " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOADER_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
    void optionsOfJavaAreUsed(String variable) throws Exception {
        environment.put(variable, "-Xmx64m -XX:+UseParallelGC -Xlog:gc+init:stderr -Dx=*");

        Launched run = run(LAUNCHER, "--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("Parallel Workers").contains("Heap Max Capacity: 64M");
    }

    /** The classes of another build, of another JVM, or none at all: the program starts as without an archive. */
    @ParameterizedTest
    @ValueSource(strings = {"damaged", "older", "none"})
    void anArchiveThatDoesNotFitIsLeftAlone(String archive) throws Exception {
        Path home = installed();
        Path classes = home.resolve(NAME + ".jsa");
        if (archive.equals("damaged")) {
            Files.writeString(classes, "damaged");
        } else if (archive.equals("older")) {
            Files.copy(TARGET.resolve(NAME + ".jsa"), classes);
            Files.setLastModifiedTime(classes, FileTime.fromMillis(0));
        }

        Launched run = run(home.resolve(NAME), "--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("postgres-loader ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void anArchiveOfAnotherPlaceIsLeftAlone() throws Exception {
        Path home = installed();
        Files.copy(TARGET.resolve(NAME + ".jsa"), home.resolve(NAME + ".jsa"));

        Launched run = run(home.resolve(NAME), "--version");

        assertThat(run.out()).startsWith("postgres-loader ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whyNoArchiveCanBeMadeIsSaid() throws Exception {
        environment.put("ROUTES_DIR", directory.resolve("no routes").toString());
        Path home = installed();

        Launched run = run(home.resolve(NAME), "--make-archive");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("no class-data archive was made: ").contains("no routes");
        assertThat(home).isDirectoryNotContaining("glob:**/archive*").isDirectoryNotContaining("glob:**.jsa");
    }

    /** Most classes are in the archive, and none with which a JVM crashes when an agent or a recording starts. */
    @Test
    void theClassesOfALoadAreInTheArchive() throws Exception {
        try (LoaderFixture fixture = new LoaderFixture()) {
            fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            environment.putAll(fixture.tables("t: {}").environment());
            environment.replaceAll((name, value) -> name.endsWith("_DIR") || name.endsWith("_FILE")
                    ? Path.of(value).toAbsolutePath().toString()
                    : value);
            environment.put("ROUTES_DIR", Path.of("routes").toAbsolutePath().toString());
            Path log = directory.resolve("classes.txt");
            environment.put("LOADER_JAVA_OPTIONS", "-Xlog:class+load:file=" + log + " -XX:StartFlightRecording");

            Launched run = run(LAUNCHER, "once");

            assertThat(run.exitCode()).as(run.err()).isZero();
            List<String> classes = Files.readAllLines(log).stream()
                    .filter(line -> line.contains("source: jrt:")
                            || line.contains("source: file:")
                            || line.contains("source: shared objects file"))
                    .filter(line -> !line.contains(" picocli.") && !line.contains("jdk.jfr"))
                    .toList();
            assertThat(classes.stream().filter(line -> line.contains("shared objects file")))
                    .hasSizeGreaterThan(classes.size() * 9 / 10);
        }
    }

    /** A copy of launcher and jar without an archive, in a directory whose name has a space. */
    private Path installed() throws IOException {
        Path home = Files.createDirectory(directory.resolve("opt loader"));
        for (String file : List.of(NAME, NAME + ".jar")) {
            Files.copy(TARGET.resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return home;
    }
}
