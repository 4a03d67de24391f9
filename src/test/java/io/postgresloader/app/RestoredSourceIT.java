package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.load.plan.LoadExplainer;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source is not the one that was loaded from, or is that one at an earlier time. */
@Timeout(120)
class RestoredSourceIT {
    private static final String FILL = "INSERT INTO visit (Note, Edited) SELECT CONCAT('n', seq), NOW() FROM seq_1_to_";

    private static SourceServer otherServer;

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterAll
    static void stop() {
        if (otherServer != null) {
            otherServer.close();
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InnoDB", "MyISAM"})
    void aRestoredTableFailsUntilTheOperatorDecides(String engine) {
        createAndLoad(engine, "AUTO_INCREMENT");
        fixture.source().execute("DROP TABLE visit", create(engine, "AUTO_INCREMENT"), fill(15));

        assertFails("its AUTO_INCREMENT is 16, and keys up to 20 were loaded before");
        // It does not wait for the keys to be passed, and no key by key repair goes round it.
        fixture.source().execute(FILL + 1);
        assertFails("its AUTO_INCREMENT is 17");
        assertThat(fixture.load("visit", LoadRequest.Kind.REPLAY).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(explained()).contains("its AUTO_INCREMENT is 17");
        assertThat(fixture.target()
                        .value("SELECT message FROM raw.etl_dead_letter WHERE key IS NULL AND state = 'open'"))
                .contains("once visit --full");

        assertThat(fixture.load("visit", LoadRequest.Kind.FULL).outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.source().execute(FILL + 1);
        assertSucceeds();
        JarRun repair = JarRun.of(fixture.environment(), "verify", "visit", "--repair");

        assertThat(repair.exitCode()).as(repair.toString()).isZero();
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
    }

    @Test
    void aRestoredTableWithoutAutoIncrementFails() {
        createAndLoad("InnoDB", "");
        // The times of tables have whole seconds.
        sleep();
        fixture.source().execute("DROP TABLE visit", create("InnoDB", ""), fill(15));

        assertFails("it was created again at ");
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest
    @CsvSource({
        "InnoDB, DELETE FROM visit WHERE Id > 15",
        "MyISAM, DELETE FROM visit WHERE Id > 15",
        "InnoDB, DELETE FROM visit",
        "InnoDB, OPTIMIZE TABLE visit",
        "MyISAM, OPTIMIZE TABLE visit",
        "InnoDB, ALTER TABLE visit ADD INDEX (Note)",
        "MyISAM, ALTER TABLE visit ADD INDEX (Note)"
    })
    void everydayStatementsFailNoLoad(String engine, String statement) {
        createAndLoad(engine, "AUTO_INCREMENT");
        sleep();
        fixture.source().execute(statement);
        assertSucceeds();

        fixture.source().execute(FILL + 3);
        assertSucceeds();

        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(23);
    }

    @Test
    void aTableThatWasCreatedAgainIsNoted() {
        createAndLoad("InnoDB", "AUTO_INCREMENT");
        sleep();
        fixture.source().execute("ALTER TABLE visit FORCE");

        assertSucceeds();
        assertThat(fixture.status("visit", "notes")).contains("created again in the source at");

        assertSucceeds();
        assertThat(fixture.status("visit", "notes")).isEqualTo("∅");
    }

    @Test
    void anotherServerWithItsOwnTableFails() {
        createAndLoad("InnoDB", "AUTO_INCREMENT");
        sleep();
        Database copy = onOtherServer();
        copy.execute(create("InnoDB", "AUTO_INCREMENT"), FILL + 25);
        String here = fixture.environment().get("SOURCE_URL");
        fixture.set("SOURCE_URL", copy.url());

        assertFails("the source is another server than the one it was loaded from");

        fixture.set("SOURCE_URL", here);
        assertSucceeds();

        fixture.set("SOURCE_URL", copy.url());
        assertThat(fixture.load("visit", LoadRequest.Kind.FULL).outcome()).isEqualTo(Outcome.SUCCESS);
        assertSucceeds();
        assertThat(Canonical.differences(copy, fixture.target(), "visit")).isEmpty();
    }

    @Test
    void aServerWithTheSameRowsIsAcceptedWithoutAFullLoad() {
        createAndLoad("InnoDB", "AUTO_INCREMENT");
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, skip_unchanged: false, reconcile: off}");
        sleep();
        Database replica = onOtherServer();
        replica.execute(create("InnoDB", "AUTO_INCREMENT"));
        fixture.source()
                .rows("SELECT CONCAT('(', Id, ',''', Note, ''',''', Edited, ''')') FROM visit")
                .forEach(row -> replica.execute("INSERT INTO visit VALUES " + row));
        replica.execute("UPDATE visit SET Note = 'changed', Edited = NOW() WHERE Id = 7", FILL + 1);
        fixture.set("SOURCE_URL", replica.url());
        assertFails("if it has the same rows, as a replica that became the primary: once visit --accept-source");

        JarRun accepted = JarRun.of(fixture.environment(), "once", "visit", "--accept-source");

        assertThat(accepted.exitCode()).as(accepted.toString()).isZero();
        assertThat(fixture.status("visit", "load_type")).isEqualTo("incremental");
        assertThat(fixture.status("visit", "notes")).contains("accepted as one with the same rows");
        assertThat(fixture.status("visit", "reconcile_reason")).contains("the source is another server");
        assertSucceeds();
        assertThat(Canonical.differences(replica, fixture.target(), "visit")).isEmpty();
    }

    /** A database of the fixture's name on another server. */
    private Database onOtherServer() {
        if (otherServer == null) {
            otherServer = TestServers.startSource("UTC0");
        }
        String database = fixture.source().value("SELECT DATABASE()");
        new Database(otherServer.jdbcUrl(""), SourceServer.WRITER, SourceServer.PASSWORD)
                .execute("CREATE DATABASE " + database);
        return new Database(otherServer.jdbcUrl(database), SourceServer.WRITER, SourceServer.PASSWORD);
    }

    @Test
    void anOriginThatAnOlderVersionDidNotStoreIsStored() {
        createAndLoad("InnoDB", "AUTO_INCREMENT");
        fixture.target().execute("UPDATE raw.etl_load_status SET source_origin = NULL");

        assertSucceeds();

        assertThat(fixture.status("visit", "source_origin->>'server' <> ''")).isEqualTo("t");
    }

    private void createAndLoad(String engine, String keys) {
        fixture.source().execute(create(engine, keys), keys.isEmpty() ? fill(20) : FILL + 20);
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, skip_unchanged: false}");
        assertSucceeds();
    }

    private static String create(String engine, String keys) {
        return "CREATE TABLE visit (Id int NOT NULL " + keys
                + " PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL) ENGINE=" + engine;
    }

    private static String fill(int rows) {
        return "INSERT INTO visit SELECT seq, CONCAT('n', seq), NOW() FROM seq_1_to_" + rows;
    }

    private void assertSucceeds() {
        LoadResult result = fixture.load("visit");
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
    }

    private void assertFails(String why) {
        String watermarks = fixture.status("visit", "watermarks");
        LoadResult failed = fixture.load("visit");
        assertThat(failed.outcome()).as(failed.toString()).isEqualTo(Outcome.FAILED);
        assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.SCHEMA);
        assertThat(failed.failure().orElseThrow().message())
                .contains(why)
                .contains("once visit --full, then verify visit --repair")
                .contains("source.url");
        assertThat(fixture.status("visit", "watermarks")).isEqualTo(watermarks);
    }

    private String explained() {
        try (Session session = Session.open(fixture.configuration())) {
            return new LoadExplainer(session.services(), true)
                    .explain("visit")
                    .refusal()
                    .orElse("");
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(1_100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
