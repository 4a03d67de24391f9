package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.app.ExitCode;
import io.postgresloader.app.ProgressOption;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.SettingsReader;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.doctor.Doctor;
import io.postgresloader.doctor.Examined;
import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.source.SourceDatabase;
import io.postgresloader.target.TargetDatabase;
import io.postgresloader.testing.Extent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first command of the README, on the shipped table list. */
@Tag(Extent.SMOKE)
class DemoIT {
    private static final Path FIRST_LOAD = Path.of("target", "demo", "first-load.txt");
    private static final Path INCREMENT = Path.of("target", "demo", "increment.txt");
    private static final Pattern PORT = Pattern.compile(" MANAGEMENT_PORT=(\\d+)");

    private final StringWriter out = new StringWriter();

    @Test
    void theDemoLoadsEverythingAndThenWhatChanged() throws Exception {
        try (Demo demo = new Demo(new PrintWriter(out), Map.of(), new ProgressOption())) {
            assertThat(demo.run(true)).isEqualTo(ExitCode.DONE);
            assertThat(findings(demo.databases()))
                    .as("what doctor says of the demo's databases")
                    .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
        }

        assertThat(Files.readAllLines(FIRST_LOAD))
                .anyMatch(line -> line.matches("securitylog +success +full +200000 +200000 +0 +0 +0 .*never loaded"))
                .anyMatch(line -> line.matches("commlog +success +full +18216 +18215 +0 +0 +1 .*never loaded"))
                .noneMatch(line -> line.contains("failed"));
        assertThat(Files.readAllLines(INCREMENT))
                .anyMatch(line -> line.matches("securitylog +success +incremental +\\d+ +20 +0 .*"))
                .anyMatch(line -> line.matches("adjustment +success +incremental +\\d+ +5 +5\\d .*"))
                .noneMatch(line -> line.contains("failed"));
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("93 tables loaded: 384302 of 384304 rows arrived in .*"))
                .anyMatch(line -> line.matches("securitylog +200000 +\\d.*"))
                .containsSubsequence(
                        "  appointment, AptNum 1, column DateTimeArrived:",
                        "  commlog, CommlogNum 8, column Note:",
                        "    the text has a NUL character, which PostgreSQL cannot store")
                .anyMatch(line -> line.matches("securitylog +\\d+ +20 +0 .*"))
                .anyMatch(line -> line.matches("adjustment +\\d+ +5 +5\\d .*"))
                .noneMatch(line -> line.matches("(?i).*failed.*"));
    }

    private static List<Finding> findings(Map<String, String> variables) {
        Settings settings = SettingsReader.read(Path.of("config", "application.properties"), variables)
                .settings();
        Duration timeout = settings.loading().networkTimeout();
        Catalog catalog = CatalogReader.read(settings.files().tables());
        try (HikariDataSource source = SourceDatabase.open(settings.source(), 2, timeout);
                HikariDataSource target = TargetDatabase.open(settings.target(), 2, timeout)) {
            return Doctor.examine(new Examined(
                    settings,
                    List.of(),
                    catalog,
                    List.copyOf(catalog.tables().keySet()),
                    new Source(source, settings.sourceTimeZone()),
                    Optional.empty(),
                    new Warehouse(target, settings.targetSchema()),
                    Optional.empty()));
        }
    }

    @Test
    void theDemoRunsOnAFreePortThatItPrintsUntilInterrupted() throws Exception {
        try (ServerSocket other = takePortOfSettings();
                Demo demo = new Demo(new PrintWriter(out), Map.of(), new ProgressOption())) {
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> run(demo));
            await().atMost(Duration.ofMinutes(2)).until(() -> said("Ctrl-C ends it.") || exitCode.isDone());

            assertThat(out.toString().lines())
                    .as("what is said while %s has the port", other == null ? "another process" : other)
                    .anyMatch(line -> line.startsWith("Port 9876 is taken by another process"))
                    .anyMatch(
                            line -> line.matches("  export SOURCE_URL=jdbc:mysql://127\\.0\\.0\\.1:\\d+/opendental.*"))
                    .anyMatch(line -> line.matches("  export TARGET_URL=jdbc:postgresql://127\\.0\\.0\\.1:\\d+/\\w+"))
                    .noneMatch(line -> line.contains("failed"));
            // It listens a moment after it has said so. A slow machine may be behind the demo's schedule of seconds.
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> assertThat(health())
                    .contains("\"source\"", "\"target\"", "\"timers\""));
            demo.interrupt();

            assertThat(exitCode.get()).isEqualTo(ExitCode.DONE);
            assertThat(out.toString().lines()).endsWith("Ending: first the loads, then the servers.");
        }
    }

    /** Null when it is taken already, which serves as well. */
    private static ServerSocket takePortOfSettings() {
        try {
            return new ServerSocket(9876, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return null;
        }
    }

    private static int run(Demo demo) {
        try {
            return demo.run(false);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean said(String text) {
        return out.toString().contains(text);
    }

    private String health() throws Exception {
        Matcher port = PORT.matcher(out.toString());
        assertThat(port.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.group(1) + "/observe/health"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
