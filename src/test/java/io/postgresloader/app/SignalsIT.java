package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.StatusReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What status, health and exit codes say of loaders that run or ended, and of tables that are paused. */
class SignalsIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String PAST = "last_loaded = '2026-01-01', finished_at = '2026-01-01'";

    /** A row of a loader with this name of its host, whose last beat is so many seconds old. */
    private static final String BEAT = "INSERT INTO raw.etl_loader (id, host, process_id, version, period_seconds,"
            + " started_at, last_beat) SELECT h, h, 7, '1', 10, t, t FROM (VALUES ('%s', now() - %d * interval '1 s')) AS"
            + " v (h, t)";

    private final LoaderFixture fixture = new LoaderFixture();
    private Process process;

    /** How the process of a load ends. */
    enum End {
        KILLED,
        TARGET_LOST
    }

    /** A loader that loads on schedule, until it is closed. */
    private record Running(Session session, Loader loader, Operation operation) implements AutoCloseable {
        static Running of(LoaderFixture fixture) throws Exception {
            Session session = Session.open(fixture.configuration());
            Loader loader = session.loader();
            loader.start();
            return new Running(session, loader, Operation.start(session, loader));
        }

        @Override
        public void close() {
            operation.close();
            loader.close();
            session.close();
        }
    }

    @BeforeEach
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int NOT NULL PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO t VALUES (1), (2)",
                        "CREATE TABLE u (id int NOT NULL PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO u VALUES (1)");
        fixture.tables("t: {schedule: 1s, reconcile: off}\nu: {schedule: 1s, reconcile: off}\n");
    }

    @AfterEach
    void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        fixture.close();
    }

    @Test
    void statusSaysWhetherALoaderRuns() throws Exception {
        fixture.load("t");
        fixture.load("u");
        fixture.stop();
        LoaderRecords records = new LoaderRecords(warehouse());
        assertThat(LoaderText.of(records.read())).isEqualTo("no loader runs (command run)\n");

        String about = ": host \\S+, process " + ProcessHandle.current().pid() + ", version \\d\\S+\n";
        Heartbeat heartbeat = new Heartbeat(warehouse());
        heartbeat.start();
        await().atMost(SOON).until(() -> records.read().size() == 1);
        fixture.target().execute(BEAT.formatted("killed", 60));
        assertThat(LoaderText.of(records.read()))
                .matches("a loader was not seen since 20\\S+ UTC: host killed, process 7, version 1\n"
                        + "a loader runs since 20\\S+ UTC" + about);
        fixture.target().execute("DELETE FROM raw.etl_loader WHERE id = 'killed'");
        heartbeat.close();
        assertThat(LoaderText.of(records.read())).matches("a loader was stopped at 20\\S+ UTC" + about);

        fixture.target().execute("DELETE FROM raw.etl_loader", BEAT.formatted("killed", 60));
        JarRun status = JarRun.of(fixture.environment(), "status", "--format", "json");
        assertThat(status.exitCode()).as(status.toString()).isEqualTo(1);
        assertThat(status.err()).contains("a loader was not seen since 20", ": host killed, process 7");
        JsonNode json = new ObjectMapper().readTree(status.out());
        assertThat(json.at("/loaders/0/state").asText()).isEqualTo("not seen");
        assertThat(json.at("/loaders/0/process_id").asLong()).isEqualTo(7);

        try (Heartbeat next = new Heartbeat(warehouse())) {
            next.start();
            await().atMost(SOON)
                    .until(
                            () -> records.read().stream()
                                    .map(LoaderRecords.Loader::state)
                                    .toList(),
                            is -> is.equals(List.of(LoaderRecords.State.RUNNING)));
        }
    }

    @ParameterizedTest
    @Sampled(oneOf = 2)
    @EnumSource
    void nothingRunsAfterItsProcessEnded(End how) throws Exception {
        fixture.source().execute("INSERT INTO t SELECT seq + 2 FROM seq_1_to_30000");
        fixture.load("u");
        try (TcpProxy toTarget = new TcpProxy(TestServers.postgres().port())) {
            String direct = fixture.environment().get("TARGET_URL");
            fixture.set("LOADER_PAGE_ROWS", "50").set("LOADER_RETRIES", "0").set("TARGET_URL", toTarget.url(direct));
            process = JarRun.start(fixture.environment(), "once", "t");
            await().atMost(SOON).until(() -> !process.isAlive() || state("t").equals("running"));
            if (how == End.KILLED) {
                process.destroyForcibly();
            } else {
                toTarget.refuse();
            }
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            fixture.set("TARGET_URL", direct).set("LOADER_PAGE_ROWS", "20000");
        }
        await().atMost(SOON).until(() -> state("t").equals("interrupted"));
        assertThat(fixture.status("t", "load_status")).isEqualTo("running");
        assertThat(new StatusReport(warehouse()).read())
                .extracting(StatusReport.Line::table, StatusReport.Line::state)
                .containsExactly(tuple("t", "interrupted"), tuple("u", "success"));

        // The start of another load of another table cleans up.
        fixture.load("u");
        assertThat(fixture.status("t", "load_status")).isEqualTo("interrupted");
        assertThat(fixture.load("t").outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);
        assertThat(state("t")).isEqualTo("success");
    }

    /** The status row says running in each case. */
    @ParameterizedTest
    @CsvSource({
        "load, false, running",
        "adoption, false, running",
        "load, true, running",
        "none, false, interrupted",
        "none, true, paused"
    })
    void onlyTheLockSaysThatALoadRuns(String lock, boolean paused, String state) throws Exception {
        fixture.load("t");
        fixture.target()
                .execute("UPDATE raw.etl_load_status SET load_status = 'running'"
                        + (paused ? ", paused_at = now()" : "") + " WHERE table_name = 't'");
        Warehouse warehouse = warehouse();
        try (LoadLock held = lock.equals("load")
                ? LoadLock.tryTake(warehouse, "t").orElseThrow()
                : lock.equals("adoption")
                        ? LoadLock.ofAdoption(warehouse, "t").orElseThrow()
                        : LoadLock.tryTake(warehouse, "another").orElseThrow()) {
            assertThat(held.held()).isTrue();
            assertThat(state("t")).isEqualTo(state);
        }
    }

    @Test
    void aPausedTableIsNotLoadedAlsoAfterARestart() throws Exception {
        fixture.load("t");
        fixture.load("u");
        fixture.stop();
        try (Running running = Running.of(fixture)) {
            JarRun pause = JarRun.of(fixture.environment(), "pause", "t");
            assertThat(pause.out()).as(pause.toString()).isEqualTo("t is paused\n");
            await().atMost(SOON).until(() -> running.loader().paused().contains("t"));
            assertOnlyTheOtherIsLoaded(2);
        }
        try (Running running = Running.of(fixture)) {
            assertThat(running.loader().paused().names()).containsExactly("t");
            assertOnlyTheOtherIsLoaded(3);
            JarRun once = JarRun.of(fixture.environment(), "once");
            assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
            assertThat(once.out()).containsPattern("t +skipped .* paused since 20");
            assertThat(once.err()).contains("paused, not loaded: t; run resume");
            assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(2);
            assertThat(new StatusReport(warehouse()).read())
                    .extracting(StatusReport.Line::table, StatusReport.Line::state)
                    .containsExactly(tuple("t", "paused"), tuple("u", "success"));

            assertThat(JarRun.of(fixture.environment(), "resume", "--all").out())
                    .isEqualTo("t is resumed\nu was not paused\n");
            await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.t") == 4);
        }
    }

    @Test
    void anUnchangedLoadKeepsTheNumberOfRows() throws Exception {
        fixture.load("t");
        await().atMost(SOON).until(() -> {
            fixture.load("t");
            return fixture.status("t", "load_type").equals("unchanged");
        });
        assertThat(fixture.status("t", "rows_inserted")).isEqualTo("0");
        assertThat(fixture.status("t", "rows_loaded")).isEqualTo("2");
    }

    /** Another process holds both tables, so that no load of them ends: {@code u} may still wait, {@code t} is late. */
    @Test
    void whatHappenedBeforeTheStartIsNoReasonForDown() throws Exception {
        fixture.load("t");
        fixture.load("u");
        int port = LoaderMetrics.freePort();
        fixture.set("MANAGEMENT_PORT", String.valueOf(port))
                .tables("t: {schedule: 3s, reconcile: off}\nu: {schedule: 1h, reconcile: off}\n");
        fixture.target()
                .execute(
                        "UPDATE raw.etl_load_status SET load_status = 'failed', error = 'x', " + PAST
                                + " WHERE table_name = 'u'",
                        "UPDATE raw.etl_load_status SET " + PAST + " WHERE table_name = 't'");
        try (Session session = Session.open(fixture.configuration());
                LoadLock first =
                        LoadLock.tryTake(session.databases().warehouse(), "t").orElseThrow();
                LoadLock second =
                        LoadLock.tryTake(session.databases().warehouse(), "u").orElseThrow();
                Loader loader = session.loader()) {
            loader.start();
            try (Operation operation = Operation.start(session, loader)) {
                assertThat(first.held() && second.held() && operation != null).isTrue();
                assertThat(tables(port).path("status").asText()).isEqualTo("UP");
                await().atMost(SOON)
                        .until(() -> tables(port).path("status").asText().equals("DOWN"));
                assertThat(tables(port).path("data").toString())
                        .isEqualTo("{\"paused\":[],\"without a success for three periods\":[\"t\"]}");
            }
        }
    }

    private void assertOnlyTheOtherIsLoaded(int id) {
        fixture.source().execute("INSERT INTO t VALUES (" + (id + 10) + ")", "INSERT INTO u VALUES (" + id + ")");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.u") == id);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(2);
    }

    private Warehouse warehouse() {
        return new Warehouse(
                new DriverManagerDataSource(
                        fixture.target().url(),
                        fixture.target().user(),
                        fixture.target().password()),
                "raw");
    }

    private String state(String table) {
        return fixture.target().value("SELECT state FROM raw.etl_table_state WHERE table_name = '" + table + "'");
    }

    private static JsonNode tables(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                .build();
        JsonNode health = new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals("tables")) {
                return check;
            }
        }
        throw new AssertionError("no check of tables: " + health);
    }
}
