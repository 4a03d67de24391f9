package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.JarRun;
import io.postgresloader.verify.Reconciliation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        cutAndRepair("d27");
        long left = fixture.source().count("SELECT COUNT(*) FROM d27");
        assertThat(left).isBetween(900L, ROWS - 1L);

        assertThat(fixture.load("d27").outcome()).isEqualTo(Outcome.SUCCESS);
        for (int turn = 0; turn < 2; turn++) {
            Reconciliation reconciled =
                    fixture.loader().reconcile("d27", "asked for").orElseThrow();
            assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
            assertThat(reconciled.message()).hasValueSatisfying(message -> assertThat(message)
                    .contains("checked or repaired", "verify d27 --repair --force-deletes"));
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
    void aTableWithoutAKeyKeepsRowsThatARepairLost() throws Exception {
        cutAndRepair("keyless");

        assertThat(fixture.load("keyless").failure()).hasValueSatisfying(failure -> assertThat(failure.message())
                .contains("checked or repaired", "once keyless --full"));
        assertThat(rows("keyless")).isEqualTo(ROWS);
    }

    @Test
    void newRowsDoNotHideRowsThatARepairLost() throws Exception {
        cutAndRepair("keyless");
        fixture.source().execute("INSERT INTO keyless SELECT seq FROM seq_2001_to_2100");

        assertThat(fixture.load("keyless").failure()).hasValueSatisfying(failure -> assertThat(failure.message())
                .contains("checked or repaired", "once keyless --full"));
        assertThat(rows("keyless")).isEqualTo(ROWS);
    }

    @Test
    void rowsThatTheIndexDoesNotFindAreNotDeleted() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE twin LIKE d27",
                        // Rows that are inserted into an empty table set the time of a check.
                        "INSERT INTO twin VALUES (1, 'v1')",
                        "INSERT INTO twin SELECT seq, CONCAT('v', seq) FROM seq_2_to_" + ROWS,
                        "DELETE FROM twin WHERE Id BETWEEN 100 AND 129",
                        "FLUSH TABLES d27, twin");
        Files.copy(file("twin", "MYI"), file("d27", "MYI"), StandardCopyOption.REPLACE_EXISTING);
        fixture.source().execute("FLUSH TABLES d27, twin");

        Reconciliation reconciled =
                fixture.loader().reconcile("d27", "asked for").orElseThrow();

        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
        assertThat(reconciled.message()).hasValueSatisfying(message -> assertThat(message)
                .contains("other keys by its index than by its rows"));
        assertThat(rows("d27")).isEqualTo(ROWS);
    }

    private long rows(String table) {
        return fixture.target().count("SELECT count(*) FROM raw." + table);
    }

    private void cutAndRepair(String table) throws IOException {
        fixture.source().execute("FLUSH TABLES " + table);
        try (FileChannel data = FileChannel.open(file(table, "MYD"), StandardOpenOption.WRITE)) {
            data.truncate(data.size() * 97 / 100);
        }
        fixture.source().execute("REPAIR TABLE " + table);
    }

    private Path file(String table, String ending) {
        return Path.of(fixture.source().value("SELECT @@datadir"))
                .resolve(fixture.source().value("SELECT DATABASE()"))
                .resolve(table + "." + ending);
    }
}
