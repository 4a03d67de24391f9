package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Sampled;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Another program gives a target table new files: rows that it lost are found, whatever else differs, and rows that it
 * kept are not taken for lost.
 */
class RewrittenTargetIT {
    private static final String REWRITTEN = "the target table was rewritten since the last load";
    private static final String COMPARE =
            REWRITTEN + ", and the numbers of rows do not prove that it kept all of its rows and values";

    private static final String DELETED = "the target table had rows deleted since the last load";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), N int, Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq), 1, '2020-02-02' FROM seq_1_to_300");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "extra rows that are kept|ignore|DELETE FROM visit WHERE Id > 200"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old WHERE \"Id\" > 100",
                "more extra rows than lost rows|ignore|DELETE FROM visit WHERE Id > 200"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old WHERE \"Id\" > 50",
                "extra rows that are kept and moved|ignore|DELETE FROM visit WHERE Id > 200"
                        + "|DELETE FROM raw.visit WHERE \"Id\" <= 100; VACUUM FULL raw.visit",
                "extra rows that no comparison has found|delete|DELETE FROM visit WHERE Id > 200"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old WHERE \"Id\" > 100",
                "extra rows that are not marked yet|mark|DELETE FROM visit WHERE Id > 200"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old WHERE \"Id\" > 100",
                "dead letters|delete|UPDATE visit SET Note = 'bad', Edited = NOW() WHERE Id <= 10"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old WHERE \"Id\" > 10",
                "dead letters of rows that are still there|delete"
                        + "|UPDATE visit SET Note = 'bad', Edited = NOW() WHERE Id <= 10"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old WHERE \"Id\" NOT BETWEEN 11 AND 20",
                "dead letters, and rows that were moved|delete"
                        + "|UPDATE visit SET Note = 'bad', Edited = NOW() WHERE Id <= 10"
                        + "|DELETE FROM raw.visit WHERE \"Id\" BETWEEN 11 AND 20; VACUUM FULL raw.visit",
                "all rows with older values|delete|SELECT 1"
                        + "|TRUNCATE raw.visit; INSERT INTO raw.visit SELECT * FROM raw.old;"
                        + " UPDATE raw.visit SET \"Note\" = 'old'",
                "all rows in another table|delete|SELECT 1"
                        + "|CREATE TABLE raw.v (LIKE raw.visit INCLUDING ALL); INSERT INTO raw.v SELECT * FROM raw.old;"
                        + " DROP TABLE raw.visit; ALTER TABLE raw.v RENAME TO visit"
            })
    void aLossIsNotHiddenByOtherDifferences(String what, String deletes, String inSource, String inTarget) {
        loadTwice("deletes: " + deletes);
        fixture.target().execute("ALTER TABLE raw.visit ADD CHECK (\"Note\" <> 'bad')");
        fixture.source().execute(inSource);
        fixture.load("visit");
        fixture.target().execute("CREATE TABLE raw.old AS SELECT * FROM raw.visit");
        for (String statement : inTarget.split("; *")) {
            fixture.target().execute(statement);
        }

        LoadResult next = changedAndLoaded();

        assertThat(next.type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.status("visit", "reconcile_reason")).isEqualTo(COMPARE);
        assertThat(fixture.status("visit", "notes")).startsWith(REWRITTEN);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {"DUE|VACUUM FULL raw.visit", "DUE|CLUSTER raw.visit USING visit_pkey", "FULL|SELECT 1"})
    void rowsInsertedAfterThePullAreNotLost(LoadRequest.Kind kind, String inTarget) throws Exception {
        loadTwice("");
        fixture.target()
                .execute(
                        inTarget,
                        "CREATE FUNCTION raw.wait() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock(731); RETURN NULL; END $$",
                        "CREATE TRIGGER wait AFTER INSERT ON raw.visit FOR EACH STATEMENT EXECUTE FUNCTION raw.wait()");
        fixture.source().execute("UPDATE visit SET Note = 'y', Edited = NOW() WHERE Id = 7");
        CompletableFuture<LoadResult> load;
        try (Connection lock = fixture.target().begin("SELECT pg_advisory_xact_lock(731)")) {
            load = CompletableFuture.supplyAsync(() -> fixture.load("visit", kind));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> fixture.target()
                                    .count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 731"
                                            + " AND NOT granted")
                            == 1);
            fixture.source().execute("INSERT INTO visit VALUES (301, 'new', 1, NOW()), (302, 'new', 1, NOW())");
            lock.rollback();
        }

        assertThat(load.get().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.status("visit", "notes, reconcile_reason")).isEqualTo("∅|∅");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(300);
        fixture.load("visit");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(302);
    }

    @Test
    void theLoadersOwnChangeIsNotTakenForAnothers() {
        loadTwice("deletes: ignore");
        fixture.source().execute("DELETE FROM visit WHERE Id BETWEEN 100 AND 110", "ALTER TABLE visit MODIFY N bigint");

        LoadResult widened = changedAndLoaded();

        assertThat(widened.type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.target()
                        .value("SELECT atttypid::regtype FROM pg_attribute"
                                + " WHERE attrelid = 'raw.visit'::regclass AND attname = 'N'"))
                .isEqualTo("bigint");
        assertThat(fixture.status("visit", "notes")).doesNotContain("target");
        assertThat(fixture.status("visit", "reconcile_reason")).isEqualTo("∅");
    }

    @Test
    void anothersChangeBeforeTheLoadersOwnIsSeen() {
        loadTwice("");
        fixture.target()
                .execute(
                        "CREATE TABLE raw.old AS SELECT * FROM raw.visit",
                        "TRUNCATE raw.visit",
                        "INSERT INTO raw.visit SELECT \"Id\", 'old', \"N\", \"Edited\" FROM raw.old");
        fixture.source().execute("ALTER TABLE visit MODIFY N bigint");

        assertThat(changedAndLoaded().type()).contains(LoadType.INCREMENTAL);

        assertThat(fixture.status("visit", "reconcile_reason")).isEqualTo(COMPARE);
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest(name = "{1}, source {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "idle|DELETE FROM raw.visit|FULL|∅",
                "busy|DELETE FROM raw.visit|FULL|∅",
                "idle|DELETE FROM raw.visit WHERE \"Id\" <= 50|INCREMENTAL|" + DELETED
                        + " and has 50 rows fewer than the source",
                "busy|DELETE FROM raw.visit WHERE \"Id\" <= 50|INCREMENTAL|" + DELETED
                        + " and has 50 rows fewer than the source"
            })
    void deletedRowsAreMissed(String source, String inTarget, LoadType type, String reason) {
        loadTwice("");
        awaitUnchanged();
        fixture.target().execute(inTarget);

        LoadResult next = source.equals("busy") ? changedAndLoaded() : fixture.load("visit");

        assertThat(next.type()).contains(type);
        assertThat(fixture.status("visit", "reconcile_reason")).isEqualTo(reason);
        awaitUnchanged();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"delete", "mark"})
    void rowsThatARepairDeletesAreNotMissed(String deletes) {
        loadTwice("deletes: " + deletes);
        fixture.source().execute("DELETE FROM visit WHERE Id <= 50");
        fixture.repair("visit");
        fixture.source().execute("DELETE FROM visit WHERE Id <= 60");

        changedAndLoaded();

        assertThat(fixture.status("visit", "notes, reconcile_reason")).isEqualTo("∅|∅");
        awaitUnchanged();
    }

    private void awaitUnchanged() {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> fixture.load("visit").type().equals(Optional.of(LoadType.UNCHANGED)));
    }

    private void loadTwice(String option) {
        // Without comparisons, which would find what a load does not see.
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, reconcile: off, "
                + (option.isEmpty() ? "deletes: delete" : option) + "}");
        fixture.load("visit");
        // The first increment reads all rows of a small table again.
        changedAndLoaded();
    }

    private LoadResult changedAndLoaded() {
        fixture.source().execute("UPDATE visit SET Note = CONCAT('x', Note), Edited = NOW() WHERE Id = 200");
        return fixture.load("visit");
    }
}
