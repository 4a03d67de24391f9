package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.JarRun;
import io.postgresloader.verify.Reconciliation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table without a key is replaced as a whole, in one transaction, and only where it differs. */
class KeylessIT {
    private static final String SOURCE_ROWS = "SELECT A, Note, HEX(Pic), Rate FROM note";
    private static final String TARGET_ROWS =
            "SELECT \"A\", \"Note\", upper(encode(\"Pic\", 'hex')), \"Rate\" FROM raw.note";
    private static final String VERSIONS = "SELECT string_agg(ctid || ' ' || xmin, ',' ORDER BY ctid) FROM raw.note";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE note (A int, Note varchar(20) COLLATE utf8mb4_bin, Pic blob, Rate decimal(5,2))"
                                + " CHARACTER SET utf8mb4 ENGINE=MyISAM",
                        "INSERT INTO note VALUES (NULL, NULL, NULL, NULL), (NULL, NULL, NULL, NULL), (1, '', X'00FF', 1.5),"
                                + " (1, '', X'00FF', 1.5), (1, '', X'00FF', 1.5), (1, NULL, X'', 1.5)",
                        "INSERT INTO note SELECT seq, CONCAT('ä\\t', seq), NULL, 0 FROM seq_10_to_400");
        fixture.tables("note: {load: full, skip_unchanged: false}");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theSecondLoadWritesNoRow() {
        LoadResult first = fixture.load("note");
        assertThat(first.counts().inserted()).as(first.toString()).isEqualTo(397);
        assertEqual();
        String versions = fixture.target().value(VERSIONS);

        LoadResult second = fixture.load("note");

        assertThat(second.counts().unchanged()).isEqualTo(397);
        assertThat(second.counts().inserted()).isZero();
        assertThat(fixture.target().value(VERSIONS)).isEqualTo(versions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO note VALUES (1, '', X'00FF', 1.5)                    |1|0",
                "DELETE FROM note WHERE A = 1 AND Note = '' LIMIT 1               |0|1",
                "UPDATE note SET Rate = 1.51 WHERE A = 1 AND Note = '' LIMIT 2    |2|2",
                "UPDATE note SET Note = '' WHERE A IS NULL LIMIT 1                |1|1",
                "UPDATE note SET Note = UPPER(Note) WHERE A BETWEEN 10 AND 19     |10|10",
                "UPDATE note SET Note = 'x' WHERE A > 9                           |391|391"
            })
    void onlyDifferentRowsAreWritten(String change, long inserted, long deleted) {
        fixture.load("note");
        fixture.source().execute(change);

        LoadResult load = fixture.load("note");

        assertThat(load.counts().inserted()).as(load.toString()).isEqualTo(inserted);
        assertEqual();
        assertThat(
                        fixture.target()
                                .value(
                                        "SELECT coalesce(sum(rows_deleted), 0) FROM raw.etl_table_metrics WHERE load_type = 'delete'"))
                .isEqualTo(String.valueOf(deleted));
        assertThat(fixture.load("note").counts().inserted()).isZero();
    }

    @Test
    void anEmptiedTableStaysUntilAFullLoad() {
        fixture.load("note");
        fixture.source().execute("DELETE FROM note");

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertThat(once.out())
                .contains("397 of 397 rows were deleted in the source, more than the delete limit (5.0 %) allows")
                .contains("once note --full");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.note")).isEqualTo(397);
        assertThat(fixture.load("note", LoadRequest.Kind.FULL).failure()).isEmpty();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.note")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "note:|has no key: no PRIMARY KEY .*; a small one can be replaced as a whole at each load, with load: full",
                "note: {load: full, deletes: mark}|has no key: .*use deletes: delete"
            })
    void itFailsUnlessItIsConfiguredAsFull(String options, String reason) {
        fixture.tables(options);

        assertThat(fixture.load("note").failure().orElseThrow().message()).containsPattern(reason);
    }

    @Test
    void aRowThatCannotBeStoredFailsTheTable() {
        fixture.load("note");
        fixture.source().execute("INSERT INTO note VALUES (900, CONCAT('a', CHAR(0)), NULL, 0)");

        LoadResult load = fixture.load("note");

        assertThat(load.failure().orElseThrow().message())
                .startsWith("table note has no key, so that a row that cannot be loaded stops it: column Note: ");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.note")).isEqualTo(397);
    }

    @Test
    void aTableThatIsTooLargeFails() {
        fixture.source().execute("INSERT INTO note SELECT seq, 'x', REPEAT('b', 40000), 0 FROM seq_1_to_900");

        LoadResult load = fixture.load("note");

        assertThat(load.failure().orElseThrow().message())
                .startsWith("table note has no key and more than 32 MiB of rows, too many to be replaced in one piece");
    }

    @Test
    void equalRowsOfDifferentPartitionsAreKept() {
        fixture.target()
                .execute(
                        "CREATE SCHEMA IF NOT EXISTS raw",
                        "CREATE TABLE raw.note (\"A\" int, \"Note\" text, \"Pic\" bytea, \"Rate\" numeric(5,2))"
                                + " PARTITION BY HASH (\"A\")",
                        "CREATE TABLE raw.note_0 PARTITION OF raw.note FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                        "CREATE TABLE raw.note_1 PARTITION OF raw.note FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
        fixture.load("note");
        fixture.source().execute("UPDATE note SET Rate = 7 WHERE A % 3 = 0", "DELETE FROM note WHERE A = 50");

        assertThat(fixture.load("note").failure()).isEmpty();

        assertEqual();
    }

    @Test
    void readersNeverSeeAPartialLoad() throws Exception {
        fixture.load("note");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> least = CompletableFuture.supplyAsync(() -> leastCount(over));
        for (int i = 0; i < 10; i++) {
            fixture.source().execute("UPDATE note SET Rate = " + i + " WHERE A > 9");
            assertThat(fixture.load("note").failure()).isEmpty();
        }
        over.set(true);

        assertThat(least.get()).isEqualTo(397);
    }

    @Test
    void aComparisonCountsDifferencesAndARepairLoadsThem() {
        fixture.load("note");
        fixture.target()
                .execute(
                        "UPDATE raw.note SET \"Rate\" = 9 WHERE \"A\" = 11",
                        "DELETE FROM raw.note WHERE \"A\" = 12",
                        "INSERT INTO raw.note SELECT * FROM raw.note WHERE \"A\" = 13");
        JarRun verify = JarRun.of(fixture.environment(), "verify", "note");
        assertThat(verify.exitCode()).as(verify.toString()).isEqualTo(1);
        assertThat(verify.out()).containsPattern("note +differs +395 +2 +0 +2 +0");

        JarRun repair = JarRun.of(fixture.environment(), "verify", "note", "--repair");

        assertThat(repair.exitCode()).as(repair.toString()).isZero();
        assertEqual();
        fixture.target().execute("DELETE FROM raw.note WHERE \"A\" = 12");
        fixture.tables("note: {load: full}");
        Reconciliation done = fixture.loader().reconcile("note", "asked for").orElseThrow();
        assertThat(done.result()).as(done.summary()).isIn(Reconciliation.Result.EQUAL, Reconciliation.Result.REPAIRED);
        assertEqual();
    }

    private long leastCount(AtomicBoolean over) {
        long least = Long.MAX_VALUE;
        try (Connection reader = fixture.target().connect()) {
            while (!over.get()) {
                try (var count = reader.createStatement().executeQuery("SELECT count(*) FROM raw.note")) {
                    count.next();
                    least = Math.min(least, count.getLong(1));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError("a reader failed", e);
        }
        return least;
    }

    private void assertEqual() {
        assertThat(fixture.target().rows(TARGET_ROWS))
                .containsExactlyInAnyOrderElementsOf(fixture.source().rows(SOURCE_ROWS));
    }
}
