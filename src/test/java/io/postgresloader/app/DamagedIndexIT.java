package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LostRows;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.SourceTable;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.verify.Reconciliation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index that leads to other rows than the table has: nothing is deleted by it, and every read ends. */
class DamagedIndexIT {
    private static final String READ_BY_SCAN = "MySQL reads these pages by a scan, which finds all rows";
    private static final int ROWS = 1000;

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void aLoadedTable() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE d27 (Id int PRIMARY KEY, V char(50), KEY (V)) ENGINE=MyISAM ROW_FORMAT=FIXED",
                        "INSERT INTO d27 SELECT seq, CONCAT('v', seq) FROM seq_1_to_" + ROWS);
        // Small pages are read by the index, large ones by a scan, which the index does not mislead.
        fixture.set("LOADER_PAGE_ROWS", "100").set("SOURCE_SCAN_LIMIT", "0").tables("d27:\n");
        fixture.load("d27");
        // The times of checks have whole seconds.
        Thread.sleep(3_000);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anIndexThatCannotBeComparedInTimeCountsAsDamaged() throws Exception {
        SourceTable table = fixture.services().sourceSchema().table("d27").orElseThrow();
        LostRows lost = new LostRows(fixture.services(), Duration.ofSeconds(1));
        assertThat(lost.possible(table, table.keys().get(0), 30, 1000)).isEmpty();
        try (Connection connection = fixture.source().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES d27 WRITE");

            assertThat(lost.possible(table, table.keys().get(0), 30, 1000))
                    .hasValueSatisfying(message -> assertThat(message)
                            .contains(
                                    "could not be compared with its rows within 1 s",
                                    "30 of 1000 rows",
                                    "none was deleted",
                                    "verify d27 --repair --force-deletes"));
        }
    }

    @Test
    @OnlyOn(value = Products.MARIADB, because = READ_BY_SCAN)
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

    @Test
    @OnlyOn(value = Products.MARIADB, because = READ_BY_SCAN)
    void theIndexOfTheConfiguredKeyIsTheOneThatCounts() throws Exception {
        // Those rows come later in the same page, and by their codes the index does not find them.
        codedWithTheIndexOf("int", 110, 112, "seq + 2291");

        Reconciliation reconciled =
                fixture.loader().reconcile("coded", "asked for").orElseThrow();

        assertThat(reconciled.message()).hasValueSatisfying(message -> assertThat(message)
                .contains("other keys by its index than by its rows"));
        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.BRAKED);
        assertThat(rows("coded")).isEqualTo(ROWS);
    }

    @Test
    void loadsAndComparisonsThatADamagedIndexLeadsBackwardFail() throws Exception {
        codedWithTheIndexOf("int", 100, 129, "seq + 999000");

        Reconciliation reconciled =
                fixture.loader().reconcile("coded", "asked for").orElseThrow();
        LoadResult loaded = fixture.load("coded", LoadRequest.Kind.FULL);

        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.FAILED);
        assertThat(List.of(
                        reconciled.message().orElseThrow(),
                        loaded.failure().orElseThrow().message()))
                .allSatisfy(message -> assertThat(message).contains("is damaged in the source", "CHECK TABLE"));
        assertThat(rows("coded")).isEqualTo(ROWS);
    }

    /** Only the source knows the order of texts. */
    @Test
    @OnlyOn(value = Products.MARIADB_AND_MYSQL_8, because = READ_BY_SCAN)
    void aComparisonByTextsThatADamagedIndexLeadsBackwardEnds() throws Exception {
        codedWithTheIndexOf("char(10)", 100, 129, "seq + 999000");

        Reconciliation reconciled =
                fixture.loader().reconcile("coded", "asked for").orElseThrow();

        assertThat(reconciled.result()).isEqualTo(Reconciliation.Result.FAILED);
        assertThat(reconciled.message()).hasValueSatisfying(message -> assertThat(message)
                .contains("table coded is damaged in the source", "CHECK TABLE"));
        assertThat(rows("coded")).isEqualTo(ROWS);
    }

    /** A loaded table, read by {@code Code}, whose index has other codes than its rows from one Id to another. */
    private void codedWithTheIndexOf(String keyType, int from, int to, String codes) throws Exception {
        String definition = "(Id int PRIMARY KEY, Code " + keyType + " NOT NULL, V char(50), UNIQUE KEY Code (Code))"
                + " ENGINE=MyISAM ROW_FORMAT=FIXED";
        fixture.source()
                .execute(
                        "CREATE TABLE coded " + definition,
                        "INSERT INTO coded VALUES (1, 1010, 'v1')",
                        "INSERT INTO coded SELECT seq, 10 * seq + 1000, CONCAT('v', seq) FROM seq_2_to_" + ROWS,
                        "CREATE TABLE other " + definition,
                        "INSERT INTO other VALUES (1, 1010, 'v1')",
                        "INSERT INTO other SELECT seq, IF(seq BETWEEN " + from + " AND " + to + ", " + codes
                                + ", 10 * seq + 1000), CONCAT('v', seq) FROM seq_2_to_" + ROWS);
        fixture.tables("coded: {primary_key: Code}\n");
        fixture.load("coded");
        assertThat(fixture.loader()
                        .reconcile("coded", "asked for")
                        .orElseThrow()
                        .result())
                .isEqualTo(Reconciliation.Result.EQUAL);
        fixture.source().execute("FLUSH TABLES coded, other");
        Files.copy(file("other", "MYI"), file("coded", "MYI"), StandardCopyOption.REPLACE_EXISTING);
        fixture.source().execute("FLUSH TABLES coded, other");
    }

    private long rows(String table) {
        return fixture.target().count("SELECT count(*) FROM raw." + table);
    }

    private Path file(String table, String ending) {
        return Path.of(fixture.source().value("SELECT @@datadir"))
                .resolve(fixture.source().value("SELECT DATABASE()"))
                .resolve(table + "." + ending);
    }
}
