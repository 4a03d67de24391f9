package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.JolokiaClient;
import io.postgresloader.testing.LoaderMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged program as it runs for years; in a full run with as many tables as a practice has. */
class ProcessIT {
    private static final int TABLES = Extent.of(60, 446);
    private static final int MOST_THREADS = 60;
    private static final Pattern ABOUT_A_TABLE = Pattern.compile("(t\\d+): ");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LoaderFixture fixture = new LoaderFixture();
    private final int management = LoaderMetrics.freePort();
    private final LoaderMetrics metrics = new LoaderMetrics(management);
    private final int jolokia = LoaderMetrics.freePort();
    private final JolokiaClient client = new JolokiaClient(jolokia, "operator", "n0body-sees-this");
    private Path log;
    private Process process;

    @BeforeEach
    void run() throws IOException {
        List<String> statements = new ArrayList<>();
        IntStream.range(0, TABLES).forEach(n -> {
            statements.add("CREATE TABLE t" + n + " (id int PRIMARY KEY) ENGINE=MyISAM");
            statements.add("INSERT INTO t" + n + " VALUES (1)");
        });
        fixture.source().execute(statements.toArray(String[]::new));
        fixture.tables("defaults: {schedule: 2s}\nt7: {reconcile: 1s}\n"
                        + IntStream.range(0, TABLES)
                                .filter(n -> n != 7)
                                .mapToObj(n -> "t" + n + ": {}\n")
                                .collect(Collectors.joining()))
                .set("MANAGEMENT_PORT", String.valueOf(management))
                .set("JOLOKIA_PORT", String.valueOf(jolokia))
                .set("JOLOKIA_USER", "operator")
                .set("JOLOKIA_PASSWORD", "n0body-sees-this")
                .set("LOG_FORMAT", "json");
        log = Files.createTempFile(Path.of("target"), "process", ".log");
        process = JarRun.start(fixture.environment(), List.of("-Xmx256m", "-Dloader.reconcile_poll=500"), log, "run");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> metrics.sum("etl_monitoring_tracked_tables") == TABLES);
    }

    @AfterEach
    void stop() throws Exception {
        process.destroy();
        process.waitFor();
        fixture.close();
    }

    @Test
    void theProcessListensLogsAndAnswersAsDocumented() throws Exception {
        assertThat(JarRun.of(fixture.environment(), "health").exitCode()).isZero();
        assertThat(metrics.sum("jvm_threads_live_threads")).isLessThan(MOST_THREADS);
        assertThat(listening())
                .containsExactlyInAnyOrder("0100007F:%04X".formatted(management), "0100007F:%04X".formatted(jolokia));
        assertJolokiaWorksInTheJar();
        await().atMost(PATIENCE).until(() -> metrics.sum("etl_reconciles_total{result=\"equal\",table=\"t7\"}") > 0);

        List<JsonNode> lines = objects(Files.readAllLines(log));
        assertThat(lines)
                .anySatisfy(line -> {
                    assertThat(line.path("formattedMessage").asText()).startsWith("t7: full load done");
                    assertThat(line.at("/mdc/table").asText()).isEqualTo("t7");
                    assertThat(line.at("/mdc/load").asText()).isNotEmpty();
                    assertThat(line.path("level").asText()).isEqualTo("INFO");
                })
                .anyMatch(line -> line.path("formattedMessage").asText().startsWith("t7: equal: 1 equal"))
                .allSatisfy(line -> {
                    Matcher table =
                            ABOUT_A_TABLE.matcher(line.path("formattedMessage").asText());
                    if (table.lookingAt()) {
                        assertThat(line.at("/mdc/table").asText()).isEqualTo(table.group(1));
                    }
                })
                .noneMatch(line -> line.has("throwable"));

        JarRun second = JarRun.of(fixture.environment(), "run");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(objects(second.err().lines().toList()).toString())
                .contains("management.port: cannot listen on 127.0.0.1:" + management + "; port " + management
                        + " is already in use");

        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(JarRun.of(fixture.environment(), "health").exitCode()).isEqualTo(1);
    }

    /** The jar is put together of many others; what Jolokia needs of them is in lists that are easily lost. */
    private void assertJolokiaWorksInTheJar() throws Exception {
        assertThat(client.post("{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=routes,*\"}")
                        .path("value")
                        .toString())
                .contains("load-chunk", "timer-t" + (TABLES - 1));
        // Its timer may have been faster.
        assertThat(client.exec("load", "t7")).matches("t7 is (already )?queued.*");
        assertThat(client.post("{\"type\":\"exec\",\"mbean\":\"org.apache.camel:context=postgres-loader,type=context,"
                                + "name=\\\"postgres-loader\\\"\",\"operation\":\"sendBody(java.lang.String,java.lang.Object)\","
                                + "\"arguments\":[\"direct:load-table\",\"x\"]}")
                        .path("status")
                        .asInt())
                .isEqualTo(403);
    }

    private static List<JsonNode> objects(List<String> lines) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : lines) {
            objects.add(new ObjectMapper().readTree(line));
        }
        return objects;
    }

    /** Local addresses, as the kernel writes them, of the sockets on which the process listens. */
    private Set<String> listening() throws IOException {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        Set<String> sockets;
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            sockets = files.map(ProcessIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
        List<String> entries = new ArrayList<>(Files.readAllLines(proc.resolve("net/tcp")));
        entries.addAll(Files.readAllLines(proc.resolve("net/tcp6")));
        return entries.stream()
                .map(entry -> entry.strip().split("\\s+"))
                .filter(fields -> fields[3].equals("0A") && sockets.contains(fields[9]))
                // A mapped address of the newer protocol ends like the older one.
                .map(fields -> fields[1].replaceFirst("^.*(.{8}:.{4})$", "$1"))
                .collect(Collectors.toSet());
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
