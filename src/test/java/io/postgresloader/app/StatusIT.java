package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** {@code status} shows the worst first. */
class StatusIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        for (String table : List.of("adjustment", "broken", "poisoned", "unheard")) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                            "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')");
        }
        fixture.tables("adjustment:\nbroken:\npoisoned:\nunheard:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CREATE SCHEMA raw",
                "CREATE SCHEMA raw CREATE TABLE etl_load_status (table_name text, load_status text)"
            })
    void beforeInitItSaysWhatToDo(String target) {
        fixture.target().execute(target);

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).as(status.toString()).isEqualTo(1);
        assertThat(status.out()).isEmpty();
        assertThat(status.err())
                .isEqualToIgnoringNewLines(
                        "schema raw of the target has no tracking tables of this loader version; run init");
    }

    @Test
    void withoutTheSourceTheRestIsShown() {
        fixture.load("adjustment");
        fixture.stop();
        fixture.set("SOURCE_URL", "jdbc:mysql://127.0.0.1:1/opendental");

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).isZero();
        assertThat(status.err()).contains("the source database", "the age of the newest change is not shown");
        assertThat(line(status, "adjustment")).matches("adjustment +success +\\S+ +(\\S+) +- +\\1 +2 +full .*");
    }

    /** What is late shows by the list only, so that its figures without the list are no reason to go on. */
    @Test
    void withAnInvalidTableListTheRestIsShown() {
        fixture.load("adjustment");
        fixture.tables("adjustment: {lod: full}");

        JarRun status = JarRun.of(fixture.environment(), "status");
        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(status.exitCode()).as(status.toString()).isEqualTo(2).isEqualTo(once.exitCode());
        assertThat(status.err())
                .isEqualTo("the table list is invalid: overdue and unconfigured tables are not marked"
                        + System.lineSeparator() + once.err());
        assertThat(line(status, "adjustment")).contains("success");
    }

    @Test
    void tablesAreShownWithCountsWorstFirst() {
        fixture.source().execute("UPDATE poisoned SET Note = CONCAT('a', CHAR(0)) WHERE Id = 2");
        fixture.load("adjustment");
        fixture.load("poisoned");
        fixture.load("broken");
        fixture.target()
                .execute(
                        "UPDATE raw.etl_load_status SET last_loaded = last_loaded - interval '1 hour'"
                                + " WHERE table_name = 'broken'",
                        "DELETE FROM raw.etl_load_status WHERE table_name = 'unheard'",
                        "INSERT INTO raw.etl_load_status (table_name, load_status) VALUES ('former', 'success')");
        fixture.stop();

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).as(status.toString()).isEqualTo(1);
        assertThat(status.err())
                .isEqualToIgnoringNewLines(
                        "without a success for three periods: broken; 1 dead letter is open: poisoned 1");
        assertThat(status.out().lines().limit(7).toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("table +state +complete up to \\(UTC\\) +age +newest change +waits at most"
                                        + " +rows +load +dead letters"
                                        + " +compared \\(UTC\\) +result +reason"),
                        line -> assertThat(line)
                                .matches("poisoned +success +\\d{4}-\\S+T\\S+ +\\d+s +\\d+s +0s +2 +full +1 +never +-"
                                        + " +never loaded; .*1 fewer.*; dead letter \\{\"Id\": \"2\"}: column Note: "
                                        + "the text has a NUL .*"),
                        line -> assertThat(line)
                                .matches("broken +overdue +\\S+ +1h +1h +1h +2 +full +0 +never +- +never.*"),
                        line -> assertThat(line)
                                .matches("unheard +no tracking row +never +- +- +- +0 +- +0 .*run init.*"),
                        line -> assertThat(line).matches("adjustment +success +\\S+ +\\d+s +\\d+s +0s +2 +full +0 .*"),
                        line -> assertThat(line).matches("former +not configured +never .*"),
                        line -> assertThat(line).isEmpty());
        assertThat(status.out()).containsPattern("tracking coverage +75.00% +bad +3 of 4 tables");
    }

    @Test
    void theLogSaysWhyRowsBecameDeadLetters() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger("io.postgresloader.loads");
        log.addAppender(lines);
        fixture.source().execute("UPDATE poisoned SET Note = CONCAT('a', CHAR(0)) WHERE Id = 2");

        fixture.load("poisoned");
        fixture.load("adjustment");

        log.detachAppender(lines);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("poisoned: full load done: .* 1 dead-lettered .*"
                                        + "; dead letters, most often: column Note: the text has a NUL .*"),
                        line -> assertThat(line)
                                .startsWith("adjustment: full load done")
                                .doesNotContain("most often"));
    }

    @Test
    void aFailedTableComesFirstAndIsTheExitCode() {
        for (String table : List.of("adjustment", "poisoned", "unheard")) {
            fixture.load(table);
        }
        fixture.source().execute("ALTER TABLE broken DROP PRIMARY KEY");
        fixture.load("broken");

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).as(status.toString()).isEqualTo(1);
        assertThat(status.out().lines().toList().get(1))
                .matches("broken +failed +never +- +- +- +0 +- +1 +never +- +schema: table broken has no key: .*");
        assertThat(JarRun.of(fixture.environment(), "status", "adjustment").out())
                .contains("adjustment")
                .doesNotContain("broken");
        assertThat(JarRun.of(fixture.environment(), "status", "adjustment").exitCode())
                .isZero();
        JarRun unknown = JarRun.of(fixture.environment(), "status", "adjustmnt");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("table 'adjustmnt' is neither in the table list nor in etl_load_status");
    }

    @Test
    void aChangeWaitsSinceTheTableWasComplete() {
        fixture.load("adjustment");
        fixture.target()
                .execute("UPDATE raw.etl_load_status SET last_loaded = last_loaded - interval '2 minutes'"
                        + " WHERE table_name = 'adjustment'");
        fixture.source().execute("UPDATE adjustment SET Note = 'c' WHERE Id = 1");

        JarRun status = JarRun.of(fixture.environment(), "status");
        assertThat(line(status, "adjustment")).matches("adjustment +success +\\S+ +2m +2m +2m .*");
    }

    @Test
    void jsonHasTheSameContent() throws Exception {
        fixture.load("adjustment");
        JarRun status = JarRun.of(fixture.environment(), "status", "--format", "json", "adjustment");
        JsonNode json = new ObjectMapper().readTree(status.out());

        JsonNode table = json.get("tables").get(0);
        assertThat(table.get("table").asText()).isEqualTo("adjustment");
        assertThat(table.get("state").asText()).isEqualTo("success");
        assertThat(table.get("concern").asText()).isEqualTo("none");
        assertThat(table.get("age_seconds").isNumber()).isTrue();
        assertThat(table.get("verified_at").isNull()).isTrue();
        assertThat(Instant.parse(table.get("loaded_up_to").asText())).isBefore(Instant.now());
        assertThat(table.get("waiting_at_most_seconds").asInt()).isZero();
        assertThat(table.get("newest_change_seconds").isNumber()).isTrue();
        assertThat(json.get("verdict").get("tracking_coverage_percent").asText())
                .isEqualTo("bad");
        assertThat(json.get("monitoring").get("tracking_coverage_percent").asDouble())
                .isEqualTo(25.0);
        assertThat(json.get("monitoring").get("data_capture_rate_percent").isNull())
                .isTrue();
    }

    /** Repeats, despite changes of the table list and the target. */
    @Test
    void watchRepeatsUntilItIsStopped() throws Exception {
        fixture.load("adjustment");
        Path log = Files.createTempFile(Path.of("target"), "watch", ".log");
        Process watch = JarRun.start(fixture.environment(), List.of(), log, "status", "--watch", "1");
        try {
            awaitMore(log, "tracking coverage");
            fixture.tables("adjustment:\nlater:\n");
            awaitMore(log, "later");
            String database = fixture.target().value("SELECT current_database()");
            Database server = new Database(
                    TestServers.postgres().jdbcUrl("postgres"),
                    fixture.target().user(),
                    fixture.target().password());
            server.execute(
                    "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            awaitMore(log, "the target cannot be queried");
            server.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
            awaitMore(log, "tracking coverage");
        } finally {
            watch.destroy();
        }
        assertThat(watch.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).doesNotContain("Exception", "\u001b");
    }

    private static void awaitMore(Path log, String text) throws IOException {
        int before = Files.readString(log).split(text).length;
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log).split(text).length > before);
    }

    private static String line(JarRun status, String table) {
        return status.out()
                .lines()
                .filter(line -> line.startsWith(table + " "))
                .findFirst()
                .orElseThrow();
    }
}
