package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.Sampled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code once && next-step}, run every night by someone who reads nothing but exit codes: the next step never works with
 * rows that are stale, missing or dead letters.
 */
class NightlyScriptIT {
    private static final String TABLES = "visit:\ncode:\n";
    private static final String NUL_BYTE = "UPDATE visit SET Note = CONCAT('a', CHAR(0)) WHERE Id = 2";

    private static final String LOADS_OF_CODE =
            "SELECT count(*) FROM raw.etl_table_metrics WHERE table_name = 'code' AND id > ";
    private static final String LAST_LOAD = "SELECT max(id) FROM raw.etl_table_metrics";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LoaderFixture fixture = new LoaderFixture();
    private String tables;

    /**
     * What a script meets after a night in which all was well.
     *
     * @param night changes the source, the target or the configuration
     * @param once the exit code of {@code once}: 0 starts the next step
     * @param says a regular expression of what {@code once} prints
     * @param status the exit code of {@code status} afterwards
     * @param run what a loader that is started then says of its health
     */
    private record Situation(String name, Night night, int once, String says, int status, Run run) {
        @Override
        public String toString() {
            return name;
        }
    }

    private enum Run {
        UP,
        DOWN,
        /** It ends at once, with the exit code of the script. */
        ENDS
    }

    /** What happens in the night. */
    private interface Night {
        void in(NightlyScriptIT test) throws Exception;

        /** SQL in the source. */
        static Night source(String... statements) {
            return test -> test.fixture.source().execute(statements);
        }

        /** SQL in the target. */
        static Night target(String... statements) {
            return test -> test.fixture.target().execute(statements);
        }

        /** Another table list. */
        static Night tables(String yaml) {
            return test -> test.list(yaml);
        }

        /** A setting, by the name of its environment variable. */
        static Night set(String variable, String value) {
            return test -> test.fixture.set(variable, value);
        }

        default Night then(Night next) {
            return test -> {
                in(test);
                next.in(test);
            };
        }
    }

    static Stream<Situation> situations() {
        return Stream.of(
                // The next step starts: every row is there.
                new Situation("nothing changed", Night.source(), 0, "visit +success", 0, Run.UP),
                new Situation(
                        "rows changed",
                        Night.source("UPDATE visit SET Note = 'b' WHERE Id = 2", "INSERT INTO visit VALUES (9, 'c')"),
                        0,
                        "visit +success",
                        0,
                        Run.UP),
                new Situation(
                        "a column was added",
                        Night.source("ALTER TABLE visit ADD COLUMN Later int DEFAULT 7"),
                        0,
                        "visit +success",
                        0,
                        Run.UP),
                new Situation(
                        "the target's table was emptied",
                        Night.target("TRUNCATE raw.visit"),
                        0,
                        "visit +success",
                        0,
                        Run.UP),
                new Situation(
                        "the target's table was dropped",
                        Night.target("DROP TABLE raw.visit"),
                        0,
                        "visit +success",
                        0,
                        Run.UP),
                // A table is stale or incomplete.
                new Situation(
                        "a row cannot be stored",
                        Night.source(NUL_BYTE),
                        1,
                        "1 dead letter is open: visit 1",
                        1,
                        Run.DOWN),
                new Situation(
                        "a dead letter of an earlier night is open", earlier(NUL_BYTE), 1, "visit 1", 1, Run.DOWN),
                new Situation("a table was dropped", Night.source("DROP TABLE code"), 1, "code", 1, Run.DOWN),
                new Situation(
                        "a listed table never existed",
                        Night.tables(TABLES + "patientz:\n"),
                        1,
                        "patientz",
                        1,
                        Run.DOWN),
                new Situation(
                        "a view is listed",
                        Night.source("CREATE VIEW seen AS SELECT * FROM visit").then(Night.tables(TABLES + "seen:\n")),
                        1,
                        "is a view",
                        1,
                        Run.DOWN),
                new Situation(
                        "a cursor column was dropped",
                        Night.tables("visit: {incremental_columns: [Edited]}\ncode:\n"),
                        1,
                        "Edited",
                        1,
                        Run.DOWN),
                new Situation(
                        "a key was dropped",
                        Night.source("ALTER TABLE visit DROP PRIMARY KEY"),
                        1,
                        "has no key",
                        1,
                        Run.DOWN),
                new Situation(
                        "the right on a table was revoked",
                        test -> test.fixture
                                .asUserWhoMayOnlyRead("nightly")
                                .source()
                                .execute(
                                        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'nightly'@'127.0.0.1'",
                                        "GRANT SELECT ON visit TO 'nightly'@'127.0.0.1'"),
                        1,
                        "GRANT SELECT",
                        1,
                        Run.DOWN),
                new Situation(
                        "the source was restored to an earlier time",
                        Night.source(
                                "DROP TABLE code",
                                "CREATE TABLE code (Id int AUTO_INCREMENT PRIMARY KEY, Note text)",
                                "INSERT INTO code VALUES (1, 'a')"),
                        1,
                        "AUTO_INCREMENT",
                        1,
                        Run.DOWN),
                new Situation(
                        "a trigger drops rows in the target",
                        Night.target(
                                        "CREATE FUNCTION raw.dropped() RETURNS trigger LANGUAGE plpgsql AS"
                                                + " 'BEGIN RETURN NULL; END'",
                                        "CREATE TRIGGER dropping BEFORE INSERT ON raw.visit FOR EACH ROW"
                                                + " EXECUTE FUNCTION raw.dropped()")
                                .then(Night.source("INSERT INTO visit VALUES (9, 'c')")),
                        1,
                        "dropping",
                        1,
                        Run.DOWN),
                new Situation(
                        "an operator paused a table",
                        test -> JarRun.of(test.fixture.environment(), "pause", "visit"),
                        1,
                        "visit.*paused",
                        0,
                        Run.UP),
                new Situation(
                        "most rows were deleted",
                        earlier("INSERT INTO visit SELECT seq + 100, 'x' FROM seq_1_to_2000")
                                .then(Night.source("DELETE FROM visit"))
                                .then(Night.tables("visit: {reconcile: 1s}\ncode:\n")),
                        1,
                        "max_delete_fraction",
                        1,
                        Run.DOWN),
                // The list or the command line cannot be understood.
                new Situation(
                        "the list is of another database", Night.tables("alpha:\nbeta:\n"), 2, "analyze", 0, Run.ENDS),
                new Situation("the list is no YAML", Night.tables("visit: [a"), 2, ":1: ", 2, Run.ENDS),
                new Situation(
                        "an option is misspelt",
                        Night.tables("visit: {lod: full}"),
                        2,
                        "did you mean load",
                        2,
                        Run.ENDS),
                // A database cannot be used.
                new Situation("the source is down", away("SOURCE_URL"), 3, "the source database", 0, Run.DOWN),
                new Situation("the target is down", away("TARGET_URL"), 3, "the target database", 3, Run.DOWN),
                new Situation(
                        "the source's password was changed",
                        Night.set("SOURCE_PASSWORD", "another"),
                        3,
                        "the source database .* authentication failed",
                        0,
                        Run.DOWN),
                new Situation(
                        "the target is read-only",
                        Night.target("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only ="
                                + " on', current_database()); END $$"),
                        3,
                        "takes no writes",
                        0,
                        Run.DOWN));
    }

    @BeforeEach
    void allWasWellYesterday() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note text) ENGINE=MyISAM",
                        "INSERT INTO visit VALUES (1, 'a'), (2, 'a'), (3, 'a')",
                        "CREATE TABLE code (Id int AUTO_INCREMENT PRIMARY KEY, Note text) ENGINE=InnoDB",
                        "INSERT INTO code (Note) VALUES ('a'), ('b'), ('c')");
        list(TABLES);
        fixture.load("visit");
        fixture.load("code");
        fixture.stop();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 12)
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void situations(Situation situation) throws Exception {
        situation.night().in(this);
        fixture.stop();

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(situation.once());
        assertThat(once.out() + once.err()).containsPattern(situation.says());
        JarRun status = JarRun.of(fixture.environment(), "status");
        assertThat(status.exitCode()).as(status.toString()).isEqualTo(situation.status());
        if (situation.once() == ExitCode.DONE) {
            assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                    .isEmpty();
        }
        assertHealth(situation);
    }

    private void assertHealth(Situation situation) throws Exception {
        int port = LoaderMetrics.freePort();
        fixture.set("MANAGEMENT_PORT", String.valueOf(port));
        fixture.tables(tables.startsWith("visit: [") ? tables : "defaults: {schedule: 1s}\n" + tables);
        String loads =
                LOADS_OF_CODE + (situation.run() == Run.UP ? fixture.target().value(LAST_LOAD) : "0");
        Process run = JarRun.start(fixture.environment(), "run");
        try {
            switch (situation.run()) {
                case ENDS -> {
                    assertThat(run.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
                    assertThat(run.exitValue()).isEqualTo(situation.once());
                }
                case DOWN -> await().atMost(SOON).until(() -> health(port) == 503);
                case UP -> {
                    // When it is loaded a second time, the other table was loaded as well.
                    await().atMost(SOON).until(() -> fixture.target().count(loads) > 1);
                    assertThat(health(port)).isEqualTo(200);
                }
            }
        } finally {
            run.destroy();
            run.waitFor();
        }
    }

    /** The status of the answer; 0: none. */
    private static int health(int port) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                                    .timeout(SOON)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private void list(String yaml) {
        tables = yaml;
        fixture.tables(yaml);
    }

    /** The same, and the nights before it: the script ran then, too. */
    private static Night earlier(String statement) {
        return Night.source(statement).then(test -> {
            test.fixture.load("visit");
            test.fixture.load("visit");
        });
    }

    /** A database whose server is away. */
    private static Night away(String url) {
        return test -> test.fixture.set(url, test.fixture.environment().get(url).replaceFirst(":\\d+/", ":1/"));
    }
}
