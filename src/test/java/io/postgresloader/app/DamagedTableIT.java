package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Sampled;
import io.postgresloader.verify.Reconciliation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target may have the only copy of rows that a damaged table of the source has lost. */
class DamagedTableIT {
    private static final int ROWS = 1000;

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void aLoadedTable() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE d27 (Id int PRIMARY KEY, V char(50), KEY (V)) ENGINE=MyISAM ROW_FORMAT=FIXED",
                        "INSERT INTO d27 SELECT seq, CONCAT('v', seq) FROM seq_1_to_" + ROWS,
                        "CREATE TABLE keyless (V char(50)) ENGINE=MyISAM",
                        "INSERT INTO keyless SELECT seq FROM seq_1_to_" + ROWS);
        // Small pages are read by the index, large ones by a scan.
        fixture.set("LOADER_PAGE_ROWS", "100").tables("d27:\nkeyless: {load: full}\n");
        fixture.load("d27");
        fixture.load("keyless");
        assertThat(fixture.loader().reconcile("d27", "asked for").orElseThrow().result())
                .isEqualTo(Reconciliation.Result.EQUAL);
        // The times of checks have whole seconds.
        Thread.sleep(3_000);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void rowsThatARepairOfTheSourceLostAreNotDeleted() throws Exception {
        cutAndRepair("d27", "");
        long left = fixture.source().count("SELECT COUNT(*) FROM d27");
        assertThat(left).isBetween(900L, ROWS - 1L);

        assertThat(fixture.load("d27").outcome()).isEqualTo(Outcome.SUCCESS);
        for (int turn = 0; turn < 2; turn++) {
            Reconciliation reconciled =
                    fixture.loader().reconcile("d27", "asked for").orElseThrow();
            assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
            assertThat(reconciled.message()).hasValueSatisfying(message -> assertThat(message)
                    .contains(
                            "checked or repaired",
                            ROWS - left + " of 1000 rows are only in the target",
                            "verify d27 --repair --force-deletes"));
        }
        fixture.stop();
        JarRun repair = JarRun.of(fixture.environment(), "verify", "d27", "--repair");
        assertThat(repair.exitCode()).isEqualTo(1);
        assertThat(rows("d27")).isEqualTo(ROWS);

        JarRun forced = JarRun.of(fixture.environment(), "verify", "d27", "--repair", "--force-deletes");
        assertThat(forced.exitCode()).as(forced.toString()).isZero();
        assertThat(rows("d27")).isEqualTo(left);
        fixture.source().execute("DELETE FROM d27 WHERE Id <= 10");
        assertThat(fixture.loader().reconcile("d27", "asked for").orElseThrow().result())
                .isEqualTo(Reconciliation.Result.REPAIRED);
    }

    @Test
    void rowsThatARepairWithoutTheIndexLostAreNotDeleted() throws Exception {
        cutAndRepair("d27", " USE_FRM");
        // That table has been created again, and looks like one that was restored to an earlier time.
        fixture.load("d27", LoadRequest.Kind.FULL);

        Reconciliation reconciled =
                fixture.loader().reconcile("d27", "asked for").orElseThrow();

        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
        assertThat(rows("d27")).isEqualTo(ROWS);
    }

    @Test
    void rowsThatARepairOfTheSourceLostAreNotMarked() throws Exception {
        fixture.tables("d27: {deletes: mark}\n");
        fixture.load("d27");
        cutAndRepair("d27", "");

        Reconciliation reconciled =
                fixture.loader().reconcile("d27", "asked for").orElseThrow();

        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.d27 WHERE _deleted_at IS NULL"))
                .isEqualTo(ROWS);
    }

    @ParameterizedTest
    @EnumSource(names = {"DUE", "FULL"})
    void aTableWithoutAKeyKeepsRowsThatARepairLost(LoadRequest.Kind kind) throws Exception {
        cutAndRepair("keyless", "");
        long lost = ROWS - fixture.source().count("SELECT COUNT(*) FROM keyless");

        assertThat(fixture.load("keyless", kind).failure()).hasValueSatisfying(failure -> assertThat(failure.message())
                .contains("checked or repaired", lost + " of 1000 rows", "verify keyless --repair --force-deletes"));
        // As many new rows do not make up for them.
        fixture.source().execute("INSERT INTO keyless SELECT seq + 5000 FROM seq_1_to_" + lost);
        assertThat(fixture.load("keyless", kind).failure()).isPresent();
        assertThat(rows("keyless")).isEqualTo(ROWS);

        fixture.repair("keyless");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.keyless WHERE \"V\"::int > 5000"))
                .isEqualTo(lost);
        fixture.source().execute("DELETE FROM keyless LIMIT 1");
        assertThat(fixture.load("keyless", kind).failure()).isEmpty();
    }

    @Sampled(oneOf = 4)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIMIZE TABLE d27",
                "CHECK TABLE d27",
                "REPAIR TABLE d27",
                "ALTER TABLE d27 FORCE",
                "TRUNCATE TABLE d27; INSERT INTO d27 SELECT seq, CONCAT('v', seq) FROM seq_11_to_1000",
                "TRUNCATE TABLE d27; INSERT INTO d27 SELECT seq, CONCAT('v', seq) FROM seq_11_to_1050"
            })
    void rowsDeletedBeforeMaintenanceAreDeleted(String maintenance) throws Exception {
        fixture.source().execute("DELETE FROM d27 WHERE Id <= 10");
        fixture.load("d27");
        fixture.source().execute(maintenance.split("; "));
        fixture.load("d27");
        fixture.source().execute("DELETE FROM d27 WHERE Id <= 20");

        Reconciliation reconciled =
                fixture.loader().reconcile("d27", "asked for").orElseThrow();

        assertThat(reconciled.message()).isEmpty();
        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.REPAIRED);
        assertThat(rows("d27")).isEqualTo(fixture.source().count("SELECT COUNT(*) FROM d27"));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.d27 WHERE \"Id\" <= 20"))
                .isZero();
    }

    @Test
    void rowsDeletedBetweenTwoLoadsWithMaintenanceAreKept() throws Exception {
        fixture.source().execute("DELETE FROM d27 WHERE Id <= 10", "OPTIMIZE TABLE d27");

        Reconciliation reconciled =
                fixture.loader().reconcile("d27", "asked for").orElseThrow();

        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
        assertThat(rows("d27")).isEqualTo(ROWS);
    }

    @Test
    @OnlyOn(
            value = Products.ALL_BUT_MYSQL_8,
            because = "MySQL 8.0 keeps the time of creation outside of the table's files")
    void anAdoptionKeepsRowsThatAnOlderRepairLost() throws Exception {
        aTableOfAnotherLoader();
        createdYesterday("late");
        fixture.source().execute("REPAIR TABLE late");
        Thread.sleep(3_000);
        fixture.tables("late:\n");

        fixture.load("late");

        assertThat(rows("late")).isEqualTo(ROWS);
        assertThat(fixture.status("late", "verify_result")).isEqualTo("braked");
        assertThat(fixture.status("late", "verify_message"))
                .contains("checked or repaired", "no comparison has found the target equal", "30 of 1000 rows");
        assertThat(fixture.status("late", "load_status")).isEqualTo("success");
        fixture.repair("late");
        assertThat(rows("late")).isEqualTo(970);
    }

    @Test
    void anAdoptionDeletesRowsThatARestoredDumpDoesNotHave() throws Exception {
        aTableOfAnotherLoader();
        assertThat(fixture.source()
                        .count("SELECT COUNT(check_time) FROM information_schema.tables WHERE table_schema = DATABASE()"
                                + " AND table_name = 'late'"))
                .isEqualTo(1);
        fixture.tables("late:\n");

        fixture.load("late");

        assertThat(fixture.status("late", "verify_result")).isEqualTo("repaired");
        assertThat(rows("late")).isEqualTo(970);
    }

    /** The source has 970 rows, as a dump restores them, and the target 1000. */
    private void aTableOfAnotherLoader() {
        fixture.source()
                .execute(
                        "CREATE TABLE late (Id int PRIMARY KEY, V char(50)) ENGINE=MyISAM",
                        "ALTER TABLE late DISABLE KEYS",
                        "INSERT INTO late SELECT seq, CONCAT('v', seq) FROM seq_1_to_970",
                        "ALTER TABLE late ENABLE KEYS",
                        // Sets the time of a check on every product.
                        "OPTIMIZE TABLE late");
        fixture.target()
                .execute(
                        "CREATE TABLE raw.late (\"Id\" bigint PRIMARY KEY, \"V\" text)",
                        "INSERT INTO raw.late SELECT n, 'v' || n FROM generate_series(1, 1000) n");
    }

    /** Writes another time of creation into the head of the index file. */
    private void createdYesterday(String table) throws IOException {
        long created = fixture.source()
                .count("SELECT UNIX_TIMESTAMP(create_time) FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_name = '" + table + "'");
        fixture.source().execute("FLUSH TABLES " + table);
        Path index = file(table, "MYI");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(index));
        for (int place = 0; place < 1000; place++) {
            if (bytes.getLong(place) == created) {
                bytes.putLong(place, created - Duration.ofDays(1).toSeconds());
            }
        }
        Files.write(index, bytes.array());
    }

    private long rows(String table) {
        return fixture.target().count("SELECT count(*) FROM raw." + table);
    }

    private void cutAndRepair(String table, String how) throws IOException {
        fixture.source().execute("FLUSH TABLES " + table);
        try (FileChannel data = FileChannel.open(file(table, "MYD"), StandardOpenOption.WRITE)) {
            data.truncate(data.size() * 97 / 100);
        }
        fixture.source().execute("REPAIR TABLE " + table + how);
    }

    private Path file(String table, String ending) {
        return Path.of(fixture.source().value("SELECT @@datadir"))
                .resolve(fixture.source().value("SELECT DATABASE()"))
                .resolve(table + "." + ending);
    }
}
