package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.JarRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code verify --repair} leaves no difference and keeps the delete limit. */
class RepairIT {
    private static final String DELETED =
            "SELECT string_agg(\"Id\"::text, ' ' ORDER BY \"Id\") FROM raw.visit" + " WHERE _deleted_at IS NOT NULL";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq) FROM seq_1_to_3000",
                        "CREATE TABLE code (Code varchar(20) NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                        "INSERT INTO code SELECT CONCAT('c\\\\', seq), 'n' FROM seq_1_to_300");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"visit, \"Id\" % 100 = 7", "code, \"Code\" LIKE '%7'"})
    void rowsThatDifferAreRepaired(String table, String some) {
        fixture.tables("visit:\ncode:\n");
        fixture.load(table);
        String watermarks = fixture.status(table, "watermarks");
        String key = table.equals("visit") ? "'5000'" : "'c\\5000'";
        fixture.target()
                .execute(
                        "UPDATE raw." + table + " SET \"Note\" = 'stale' WHERE " + some,
                        "DELETE FROM raw." + table + " WHERE " + some.replace("7", "3"),
                        "INSERT INTO raw." + table + " VALUES (" + key + ", 'extra')");

        JarRun repair = JarRun.of(fixture.environment(), "verify", table, "--repair");

        assertThat(repair.exitCode()).as(repair.toString()).isZero();
        assertThat(repair.err()).contains("60 rows loaded again, 1 row deleted");
        assertThat(Canonical.differences(fixture.source(), fixture.target(), table))
                .isEmpty();
        assertThat(fixture.status(table, "load_status, watermarks")).isEqualTo("success|" + watermarks);
        assertThat(
                        fixture.target()
                                .value(
                                        "SELECT string_agg(concat_ws(' ', load_type, rows_inserted, rows_updated, rows_deleted), ', '"
                                                + " ORDER BY id) FROM raw.etl_table_metrics WHERE load_type NOT IN ('full', 'verify')"))
                .isEqualTo("repair 30 30, delete 1");
    }

    @Test
    void aSourceThatWasEmptiedByMistakeDoesNotEmptyTheTarget() {
        fixture.tables("visit:\n");
        fixture.load("visit");
        fixture.source().execute("TRUNCATE TABLE visit");

        JarRun overLimit = JarRun.of(fixture.environment(), "verify", "visit", "--repair");

        assertThat(overLimit.exitCode()).isEqualTo(1);
        assertThat(overLimit.err())
                .contains(
                        "visit: 3000 of 3000 rows were deleted in the source, more than the delete limit (5.0 %) allows;"
                                + " no row was deleted in the target; see which with verify visit --keys FILE; if the source"
                                + " deleted them on purpose, run verify visit --repair"
                                + " --force-deletes");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(3000);

        JarRun forced = JarRun.of(fixture.environment(), "verify", "visit", "--repair", "--force-deletes");

        assertThat(forced.exitCode()).as(forced.toString()).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"150, true", "151, false"})
    void moreRowsThanTheDeleteLimitStay(int deleted, boolean allowed) {
        fixture.tables("visit:\n");
        fixture.load("visit");
        fixture.source().execute("DELETE FROM visit WHERE Id <= " + deleted);

        JarRun repair = JarRun.of(fixture.environment(), "verify", "visit", "--repair");

        assertThat(repair.exitCode()).as(repair.toString()).isEqualTo(allowed ? 0 : 1);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(allowed ? 3000 - deleted : 3000);
    }

    @Test
    void aMarkedRowThatComesBackIsUnmarked() {
        fixture.tables("visit: {deletes: mark}");
        fixture.load("visit");
        fixture.source().execute("DELETE FROM visit WHERE Id IN (7, 8, 9)");

        assertThat(JarRun.of(fixture.environment(), "verify", "visit", "--repair")
                        .exitCode())
                .isZero();

        assertThat(fixture.target().value(DELETED)).isEqualTo("7 8 9");
        assertThat(JarRun.of(fixture.environment(), "verify", "visit").exitCode())
                .isZero();

        fixture.source().execute("INSERT INTO visit VALUES (8, 'n8')");

        assertThat(JarRun.of(fixture.environment(), "verify", "visit").out())
                .containsPattern("(?m)^visit +differs +2997 +1 ");
        assertThat(JarRun.of(fixture.environment(), "once", "visit", "--full").exitCode())
                .isZero();
        assertThat(fixture.target().value(DELETED)).isEqualTo("7 9");
        assertThat(JarRun.of(fixture.environment(), "verify", "visit").exitCode())
                .isZero();
    }

    @Test
    void ignoredExtraRowsStay() {
        fixture.tables("visit: {deletes: ignore}");
        fixture.load("visit");
        fixture.source().execute("DELETE FROM visit WHERE Id = 7");

        JarRun repair = JarRun.of(fixture.environment(), "verify", "visit", "--repair");

        assertThat(repair.exitCode()).isEqualTo(1);
        assertThat(repair.out()).containsPattern("(?m)^visit +differs +2999 +0 +0 +1 ");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(3000);
    }

    @ParameterizedTest
    @CsvSource({
        "--force-deletes, --force-deletes requires --repair",
        "--repair --keys x, --keys cannot be combined with --repair"
    })
    void contradictingOptionsAreNotAllowed(String options, String message) {
        fixture.tables("visit:\n");

        JarRun verify = JarRun.of(fixture.environment(), ("verify " + options).split(" "));

        assertThat(verify.exitCode()).isEqualTo(2);
        assertThat(verify.err()).contains(message);
    }
}
