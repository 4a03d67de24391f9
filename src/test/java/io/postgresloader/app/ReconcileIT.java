package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import io.postgresloader.verify.Reconciler;
import io.postgresloader.verify.Reconciliation;
import io.postgresloader.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons of whole tables find changes that loads cannot see, on schedule or earlier when a load calls for one. */
class ReconcileIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest(name = "{0}, {1}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "append     |DELETE FROM visit WHERE Id = 7               |append     |the source changed, and its edits do not show | 0|0|0|1",
                "append     |UPDATE visit SET Note = 'x' WHERE Id % 100= 7|append     |the source changed, and its edits do not show | 0|0|30|0",
                "incremental|DELETE FROM visit WHERE Id = 7               |incremental|the source changed, and the load found nothing| 0|0|0|1",
                "incremental|UPDATE visit SET Note = 'x' WHERE Id % 100= 7|incremental|the source changed, and the load found nothing|30|0|30|0",
                "full       |DELETE FROM visit WHERE Id = 7               |full       |the target has 1 rows more than the source    | 0|0|0|1"
            })
    void aChangeThatNoLoadSeesCausesAComparison(
            String load,
            String change,
            String type,
            String reason,
            int violations,
            int missing,
            int different,
            int extra)
            throws InterruptedException {
        createVisits();
        fixture.tables("visit: {load: " + load + ", incremental_columns: [Edited]}");
        fixture.load("visit");
        assertThat(fixture.loader().reconcilesDue()).isEmpty();

        awaitNextSecond();
        fixture.source().execute(change);
        assertThat(fixture.load("visit").type().map(LoadType::word)).contains(type);
        assertThat(fixture.loader().reconcilesDue()).isEqualTo(Map.of("visit", reason));
        Reconciliation done = fixture.loader().reconcile("visit", reason).orElseThrow();

        assertThat(done.result()).isEqualTo(Reconciliation.Result.REPAIRED);
        assertThat(done.found().missing()).isEqualTo(missing);
        assertThat(done.found().different()).isEqualTo(different);
        assertThat(done.found().extra()).isEqualTo(extra);
        assertThat(done.violations()).isEqualTo(violations);
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        assertThat(fixture.status("visit", "verify_result, reconcile_reason, integrity_violations, load_status"))
                .isEqualTo("repaired|∅|" + violations + "|success");
        assertThat(fixture.status("visit", "proven_at <= verified_at")).isEqualTo("t");
        assertThat(fixture.target()
                        .value(
                                "SELECT success, rows_processed, rows_missing, rows_different, rows_extra, integrity_violations"
                                        + " FROM raw.etl_table_metrics WHERE load_type = 'reconcile'"))
                .isEqualTo("t|3000|" + missing + "|" + different + "|" + extra + "|" + violations);
        assertThat(fixture.loader().reconcilesDue()).isEmpty();
    }

    /** Loads of such a table read new keys only, as the plan says, and the edits must be compared for. */
    @Test
    void aCursorColumnWithoutValuesShowsNoEdits() throws InterruptedException {
        createVisits();
        fixture.source().execute("UPDATE visit SET Edited = '0001-01-01'");
        fixture.tables("visit: {load: incremental, incremental_columns: [Edited]}");
        fixture.load("visit");

        awaitNextSecond();
        fixture.source()
                .execute(
                        "UPDATE visit SET Note = 'x' WHERE Id % 100 = 7",
                        "INSERT INTO visit VALUES (5000, 'new', '0001-01-01')");
        assertThat(fixture.load("visit").type()).contains(LoadType.APPEND);

        String reason = "the source changed, and its edits do not show";
        assertThat(fixture.loader().reconcilesDue()).isEqualTo(Map.of("visit", reason));
        Reconciliation done = fixture.loader().reconcile("visit", reason).orElseThrow();
        assertThat(done.found().different()).isEqualTo(30);
        assertThat(done.violations()).isZero();
    }

    @Test
    void deadLettersOfTheRepairAreInTheResult() {
        createVisits();
        fixture.tables("visit: {incremental_columns: [Edited]}");
        fixture.load("visit");
        fixture.source()
                .execute("UPDATE visit SET Note = 'too long' WHERE Id <= 51", "DELETE FROM visit WHERE Id = 77");
        // The view keeps the column from being widened.
        fixture.target()
                .execute(
                        "ALTER TABLE raw.visit ALTER \"Note\" TYPE varchar(5)",
                        "CREATE VIEW raw.notes AS SELECT \"Note\" FROM raw.visit");

        Reconciliation done = fixture.loader().reconcile("visit", "asked for").orElseThrow();

        assertThat(done.resultText()).as(done.summary()).isEqualTo("repaired, 51 dead letters");
        assertThat(done.summary()).startsWith("repaired, 51 dead letters: ");
    }

    @Test
    void aRowThatTheNextLoadReadsIsNoViolation() {
        createVisits();
        fixture.tables("visit: {incremental_columns: [Edited]}");
        fixture.load("visit");
        fixture.source()
                .execute(
                        "UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id = 9",
                        "INSERT INTO visit VALUES (5000, 'new', '0001-01-01')");

        Reconciliation done = fixture.loader().reconcile("visit", "asked for").orElseThrow();

        assertThat(done.result()).isEqualTo(Reconciliation.Result.EQUAL);
        assertThat(done.violations()).isZero();
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"load: append", "load: incremental, incremental_columns: [DateEntry]"})
    void aLoadByNewKeysSaysThatKeysAreRandom(String options) throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id bigint NOT NULL PRIMARY KEY, Note varchar(9),"
                                + " DateEntry date NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT CAST(CONV(LEFT(MD5(seq), 15), 16, 10) AS SIGNED), 'a', '0001-01-01'"
                                + " FROM seq_1_to_1000");
        fixture.tables("visit: {" + options + "}");
        fixture.load("visit");
        // The source shows the time of the last change in whole seconds.
        Thread.sleep(1_100);
        fixture.source().execute("INSERT INTO visit SELECT seq, 'low', '0001-01-01' FROM seq_1_to_100");

        LoadResult load = fixture.load("visit");

        assertThat(load.outcome()).as(load.toString()).isEqualTo(LoadResult.Outcome.SUCCESS);
        assertThat(fixture.status("visit", "notes")).contains("the keys seem to be random", "set load: full");
        assertThat(fixture.status("visit", "reconcile_reason"))
                .isEqualTo("the source changed, and neither its edits nor new rows with lower keys show");
        assertThat(fixture.loader().reconcilesDue()).containsKey("visit");
        fixture.loader().reconcile("visit", "due");
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
    }

    @Test
    void aComparisonThatWasStoppedStartsAgain() {
        createVisits();
        fixture.tables("visit: {load: append}");
        fixture.load("visit");
        fixture.target().execute("UPDATE raw.etl_load_status SET reconcile_reason = 'the source changed'");
        try (Session session = Session.open(fixture.configuration())) {
            Verifier verifier = new Verifier(session.services(), () -> true);
            Reconciler stopped = new Reconciler(session.services(), verifier, null, fixture.loader()::load);
            assertThatThrownBy(() -> stopped.reconcile("visit", "the source changed"))
                    .isInstanceOf(LoadFailedException.class);
            assertThatThrownBy(() ->
                            verifier.compareKeys("visit", List.of(new RowKey(Map.of("Id", "9"))), difference -> {}))
                    .isInstanceOf(LoadFailedException.class);
        }

        assertThat(fixture.loader().reconcilesDue()).isEqualTo(Map.of("visit", "the source changed"));
        fixture.loader().reconcile("visit", "the source changed");
        assertThat(fixture.loader().reconcilesDue()).isEmpty();
        assertThat(fixture.status("visit", "verify_result, reconcile_reason")).isEqualTo("equal|∅");
    }

    @Test
    void aSourceTableEmptiedByMistakeDoesNotEmptyTheTarget() {
        createVisits();
        fixture.tables("visit: {load: full}");
        fixture.load("visit");
        fixture.source().execute("DELETE FROM visit");

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertThat(once.out())
                .contains("braked")
                .contains("3000 of 3000 rows were deleted in the source, more than the delete limit (5.0 %) allows")
                .contains("verify visit --repair --force-deletes");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(3000);
        assertThat(fixture.status("visit", "verify_result")).isEqualTo("braked");

        JarRun forced = JarRun.of(fixture.environment(), "verify", "visit", "--repair", "--force-deletes");
        assertThat(forced.exitCode()).as(forced.toString()).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isZero();
    }

    @Test
    void ignoredExtraRowsAreNoDifference() {
        createVisits();
        fixture.tables("visit: {deletes: ignore}");
        fixture.load("visit");
        fixture.source().execute("DELETE FROM visit WHERE Id = 7");

        Reconciliation done = fixture.loader().reconcile("visit", "asked for").orElseThrow();

        assertThat(done.result()).isEqualTo(Reconciliation.Result.EQUAL);
        assertThat(done.found().extra()).isEqualTo(1);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(3000);
    }

    @Test
    void aTableThatCannotBeComparedHasTheReason() {
        createVisits();
        fixture.tables("visit:");
        fixture.load("visit");
        fixture.loader();
        fixture.source().execute("RENAME TABLE visit TO renamed");

        Reconciliation done = fixture.loader().reconcile("visit", "asked for").orElseThrow();

        assertThat(done.result()).isEqualTo(Reconciliation.Result.FAILED);
        assertThat(done.message().orElseThrow()).contains("the source has no table visit");
        assertThat(fixture.status("visit", "verify_result, verify_message"))
                .startsWith("failed|schema: ")
                .contains("the source has no table visit");
    }

    @Test
    void tablesAreComparedOnScheduleWhileTheLoaderRuns() throws Exception {
        createVisits();
        fixture.tables("visit: {load: append, schedule: 1h, reconcile: 1s}");
        fixture.load("visit");
        fixture.source().execute("UPDATE visit SET Note = 'x' WHERE Id = 9");
        fixture.stop();

        Process run = JarRun.start(
                fixture.environment(),
                List.of("-Dloader.reconcile_poll=500"),
                Files.createTempFile(Path.of("target"), "reconcile-", ".log"),
                "run");
        try {
            await().atMost(SOON).until(() -> "repaired".equals(fixture.status("visit", "verify_result")));
            await().atMost(SOON).until(() -> "equal".equals(fixture.status("visit", "verify_result")));
        } finally {
            run.destroy();
            run.waitFor();
        }
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        assertThat(Optional.ofNullable(fixture.status("visit", "proven_at"))).isPresent();
    }

    /** The source records the time of a change in whole seconds. */
    private static void awaitNextSecond() throws InterruptedException {
        Thread.sleep(1_100);
    }

    private void createVisits() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)"
                                + " ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq), '2020-01-01' FROM seq_1_to_3000");
    }
}
