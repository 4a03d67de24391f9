package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.camel.FailureSteps;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Servers and networks that fail for a while cost time and nothing else. */
class TransientFailureIT {
    private static final int ROWS = 500;

    /** Any number: the lock by which a test stops a load in the middle. */
    private static final String GATE = "4711";

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> retries = new ListAppender<>();

    @BeforeEach
    void createTable() {
        ((Logger) LoggerFactory.getLogger(FailureSteps.class)).addAppender(retries);
        retries.start();
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(200), Edited datetime NOT NULL,"
                                + " KEY (Edited)) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, RPAD(seq, 200, 'x'), NOW() FROM seq_1_to_" + ROWS);
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.visit (\"Id\" int PRIMARY KEY, \"Note\" text, \"Edited\" timestamp)",
                        "CREATE SEQUENCE raw.tries");
        fixture.set("LOADER_PAGE_ROWS", "50").set("LOADER_BATCH_ROWS", "20");
        fixture.tables("visit: {incremental_columns: [Edited]}");
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(FailureSteps.class)).detachAppender(retries);
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PERFORM pg_terminate_backend(pg_backend_pid())",
                "RAISE EXCEPTION 'x' USING ERRCODE = '40P01'",
                "RAISE EXCEPTION 'x' USING ERRCODE = '40001'",
                "RAISE EXCEPTION 'x' USING ERRCODE = '55P03'",
                "RAISE EXCEPTION 'x' USING ERRCODE = '53100'",
                "RAISE EXCEPTION 'x' USING ERRCODE = '57014'",
                "RAISE EXCEPTION 'x' USING ERRCODE = '25006'"
            })
    void aTargetThatFailsDuringAChunkIsRetried(String failure) {
        beforeRow(257, "IF nextval('raw.tries') <= 2 THEN " + failure + "; END IF;");

        LoadResult result = fixture.load("visit");

        assertLoaded(result, LoadType.FULL);
        assertThat(retries.list).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "visit,             BEFORE INSERT, NEW.\"Id\" = 257",
        "etl_load_status,   BEFORE UPDATE, NEW.chunks = 3",
        "etl_dead_letter,   BEFORE INSERT, NEW.key IS NOT NULL",
        "etl_table_metrics, BEFORE INSERT, NEW.success"
    })
    void anUnknownFailureInAnyStepEndsTheLoad(String table, String when, String condition) {
        fixture.source().execute("UPDATE visit SET Note = CONCAT('x', CHAR(0)) WHERE Id = 300");
        fixture.loader();
        fixture.target()
                .execute(
                        "CREATE FUNCTION raw.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " RAISE EXCEPTION 'x' USING ERRCODE = 'XX000'; END $$",
                        "CREATE TRIGGER fail " + when + " ON raw." + table + " FOR EACH ROW WHEN (" + condition
                                + ") EXECUTE FUNCTION raw.fail()");

        LoadResult failed = fixture.load("visit");

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fixture.status("visit", "load_status, error_class, watermarks, last_loaded"))
                .isEqualTo("failed|unknown|∅|∅");
        assertThat(fixture.target().rows("SELECT key, reason, sqlstate, state FROM raw.etl_dead_letter"))
                .contains("∅|unknown|XX000|open");
        assertThat(retries.list).isEmpty();
    }

    @Test
    void anIncrementThatFailsAfterAnUpdateIsRetried() {
        fixture.load("visit");
        fixture.source().execute("UPDATE visit SET Note = 'changed', Edited = NOW()");
        beforeRow(257, "IF nextval('raw.tries') <= 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;");

        LoadResult result = fixture.load("visit");

        assertLoaded(result, LoadType.INCREMENTAL);
        assertThat(retries.list).hasSize(2);
    }

    @Test
    void aLoadSurvivesTheEndOfAllItsBackends() {
        LoadResult result = loadStoppedAt(257, () -> fixture.target()
                .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'postgres-loader'"));

        assertLoaded(result, LoadType.FULL);
        assertThat(retries.list).isNotEmpty();
    }

    @Test
    void aTableThatIsEmptiedBeforeARetryIsLoadedFromTheStart() {
        LoadResult result = loadStoppedAt(257, () -> fixture.target()
                .execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = 'postgres-loader'",
                        "TRUNCATE raw.visit"));

        assertLoaded(result, LoadType.FULL);
        assertThat(retries.list).isNotEmpty();
    }

    @Test
    void aLoadSurvivesTheEndOfAllSourceConnections() {
        LoadResult result = loadStoppedAt(57, this::killSourceConnections);

        assertLoaded(result, LoadType.FULL);
    }

    @Test
    void aConnectionThatBreaksDuringAPageIsRetried() {
        try (TcpProxy proxy = new TcpProxy(TestServers.source().port())) {
            sourceBehind(proxy);
            fixture.loader();
            proxy.cutAfter(60_000);

            assertLoaded(fixture.load("visit"), LoadType.FULL);
            assertThat(retries.list).hasSize(1);
        }
    }

    @Test
    void aSourceThatRefusesConnectionsIsRetried() {
        try (TcpProxy proxy = new TcpProxy(TestServers.source().port())) {
            sourceBehind(proxy);
            fixture.loader();
            proxy.refuse();
            CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> fixture.load("visit"));
            await().atMost(60, TimeUnit.SECONDS).until(() -> !retries.list.isEmpty());
            proxy.accept();

            assertLoaded(load.join(), LoadType.FULL);
        }
    }

    @Test
    void aLoadWithoutATargetFailsAndTheNextCompletes() {
        fixture.load("visit");
        String watermarks = fixture.status("visit", "watermarks, fingerprint, last_loaded");
        fixture.source()
                .execute(
                        "UPDATE visit SET Note = 'changed', Edited = NOW()",
                        "INSERT INTO visit SELECT seq, 'new', NOW() FROM seq_501_to_600");
        fixture.set("LOADER_RETRIES", "3");
        beforeRow(257, "PERFORM pg_terminate_backend(pg_backend_pid());");

        LoadResult failed = fixture.load("visit");

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(retries.list).hasSize(3);
        assertFailed(watermarks);

        fixture.target().execute("DROP TRIGGER before_row ON raw.visit");
        LoadResult next = fixture.load("visit");

        assertLoaded(next, LoadType.INCREMENTAL);
        assertThat(next.reason()).startsWith("resumed: ");
    }

    @Test
    void aLoadWithoutASourceFailsAndTheNextCompletes() {
        try (TcpProxy proxy = new TcpProxy(TestServers.source().port())) {
            sourceBehind(proxy);
            fixture.set("LOADER_RETRIES", "0");
            fixture.load("visit");
            String watermarks = fixture.status("visit", "watermarks, fingerprint, last_loaded");
            fixture.source().execute("UPDATE visit SET Note = 'changed', Edited = NOW()");
            proxy.refuse();

            LoadResult failed = fixture.load("visit");

            assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.TRANSIENT);
            assertFailed(watermarks);

            proxy.accept();
            assertLoaded(fixture.load("visit"), LoadType.INCREMENTAL);
        }
    }

    private void assertFailed(String watermarks) {
        assertThat(fixture.status("visit", "load_status, error_class")).isEqualTo("failed|transient");
        assertThat(fixture.status("visit", "watermarks, fingerprint, last_loaded"))
                .isEqualTo(watermarks);
        assertThat(fixture.target()
                        .rows("SELECT success, error_class FROM raw.etl_table_metrics ORDER BY id DESC LIMIT 1"))
                .containsExactly("f|transient");
        assertThat(deadLetters()).isZero();
    }

    private void assertLoaded(LoadResult result, LoadType type) {
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(result.type()).contains(type);
        assertThat(result.counts().balanced()).isTrue();
        assertThat(result.counts().pulled()).isGreaterThanOrEqualTo(ROWS);
        assertThat(fixture.status("visit", "load_status, error_class, bookmark"))
                .isEqualTo("success|∅|∅");
        assertThat(fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\" FROM raw.visit ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM visit ORDER BY 1"));
        assertThat(deadLetters()).isZero();
    }

    private long deadLetters() {
        return fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter");
    }

    /** Runs PL/pgSQL before a row is written. */
    private void beforeRow(int key, String statement) {
        fixture.target()
                .execute(
                        "CREATE FUNCTION raw.before_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.\"Id\" = "
                                + key + " THEN " + statement + " END IF; RETURN NEW; END $$",
                        "CREATE TRIGGER before_row BEFORE INSERT ON raw.visit FOR EACH ROW EXECUTE FUNCTION"
                                + " raw.before_row()");
    }

    /** Holds a load up before a row is written, does something, and lets it go on. */
    private LoadResult loadStoppedAt(int key, Runnable meanwhile) {
        beforeRow(key, "PERFORM pg_advisory_xact_lock(" + GATE + ");");
        fixture.loader();
        try (Connection holder = fixture.target().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
            CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> fixture.load("visit"));
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> fixture.target()
                                    .count("SELECT count(*) FROM pg_locks WHERE NOT granted AND objid = " + GATE)
                            == 1);
            meanwhile.run();
            statement.execute("SELECT pg_advisory_unlock(" + GATE + ")");
            return load.join();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void killSourceConnections() {
        Database source = fixture.source();
        List<String> connections =
                source.rows("SELECT id FROM information_schema.processlist WHERE user = 'loader' AND db = DATABASE()");
        assertThat(connections).isNotEmpty();
        connections.forEach(id -> source.execute("KILL " + id));
    }

    private void sourceBehind(TcpProxy proxy) {
        String url = fixture.environment().get("SOURCE_URL");
        fixture.set("SOURCE_URL", url.replaceFirst(":\\d+/", ":" + proxy.port() + "/"));
    }
}
