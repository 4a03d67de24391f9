package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn.Products;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What went wrong in the former job, as tests. */
@Tag(Extent.SMOKE)
@Tag(Extent.CORE)
class SeedCasesIT {
    private static final String ADJUSTMENT =
            """
            CREATE TABLE adjustment (AdjNum bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
              AdjDate date NOT NULL DEFAULT '0001-01-01', AdjAmt double NOT NULL DEFAULT 0,
              ProcDate date NOT NULL DEFAULT '0001-01-01', DateEntry date NOT NULL DEFAULT '0001-01-01',
              SecDateTEdit timestamp NOT NULL DEFAULT '2019-01-01 12:00:00') ENGINE=MyISAM""";

    private static final String OPTIONS =
            """
            adjustment:
              incremental_columns: [SecDateTEdit, AdjDate, ProcDate, DateEntry]
              incremental_strategy: %s
              data_quality_filters: {min_date: "2000-01-01", max_date: "2040-12-31"}
              lookback: 1s
              reconcile: 24h
            """;

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"or_logic, '1,2,3,4,5'", "and_logic, '5'"})
    void orFindsAnyChangeAndAndOnlyCommonChanges(String logic, String found) {
        fixture.source()
                .execute(
                        ADJUSTMENT,
                        "INSERT INTO adjustment (AdjDate, ProcDate, DateEntry)"
                                + " SELECT '2019-01-01', '2019-01-01', '2019-01-01' FROM seq_1_to_20");
        fixture.tables(OPTIONS.formatted(logic));
        fixture.load("adjustment");

        fixture.source()
                .execute(
                        "UPDATE adjustment SET AdjAmt = 1, SecDateTEdit = NOW() WHERE AdjNum = 1",
                        "UPDATE adjustment SET AdjAmt = 1, AdjDate = CURDATE() WHERE AdjNum = 2",
                        "UPDATE adjustment SET AdjAmt = 1, ProcDate = CURDATE() WHERE AdjNum = 3",
                        "UPDATE adjustment SET AdjAmt = 1, DateEntry = CURDATE() WHERE AdjNum = 4",
                        "UPDATE adjustment SET AdjAmt = 1, SecDateTEdit = NOW(), AdjDate = CURDATE(),"
                                + " ProcDate = CURDATE(), DateEntry = CURDATE() WHERE AdjNum = 5");
        // Every column needs a real date for and_logic to use it; the others hold 2019.
        LoadResult increment = fixture.load("adjustment");

        assertThat(increment.type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.target().rows("SELECT \"AdjNum\" FROM raw.adjustment WHERE \"AdjAmt\" = 1 ORDER BY 1"))
                .containsExactly(found.split(","));
    }

    @ParameterizedTest
    @CsvSource({"1902-07-31", "1980-01-01", "0001-01-01", "9999-12-31"})
    void aBadDateLosesNoRowAndMovesNoWatermark(String bad) {
        fixture.source().execute(ADJUSTMENT, "INSERT INTO adjustment (AdjDate) SELECT '2019-01-01' FROM seq_1_to_5");
        fixture.tables(OPTIONS.formatted("or_logic"));
        fixture.load("adjustment");

        fixture.source()
                .execute(
                        "INSERT INTO adjustment (AdjDate, ProcDate, DateEntry) VALUES ('" + bad + "', '" + bad + "', '"
                                + bad + "')",
                        "UPDATE adjustment SET AdjDate = '" + bad + "', SecDateTEdit = NOW() WHERE AdjNum = 1");
        fixture.load("adjustment");
        assertThat(fixture.target()
                        .rows("SELECT \"AdjNum\", \"AdjDate\" FROM raw.adjustment WHERE \"AdjNum\" IN (1, 6)"
                                + " ORDER BY 1"))
                .containsExactly("1|" + bad, "6|" + bad);
        assertThat(fixture.status("adjustment", "watermarks -> 'cursors' ->> 'AdjDate'"))
                .isLessThanOrEqualTo(fixture.source().value("SELECT REPLACE(NOW(6), ' ', 'T')"));

        fixture.source().execute("UPDATE adjustment SET SecDateTEdit = '2019-01-01' WHERE AdjNum = 1");
        assertThat(fixture.load("adjustment").counts().pulled()).isZero();
    }

    @Test
    void aTableWithoutATrackingRowGetsOneAndLoads() {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
        fixture.tables("t:").loader();
        assertThat(fixture.status("t", "load_status")).isEqualTo("pending");
        fixture.target().execute("DELETE FROM raw.etl_load_status");

        assertThat(fixture.load("t").counts().inserted()).isEqualTo(2);

        assertThat(fixture.status("t", "load_status || ' ' || rows_loaded")).isEqualTo("success 2");
    }

    @Test
    void theTrackingRowIsUpdatedAfterEachLoad() throws Exception {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO t VALUES (1), (2)");
        fixture.tables("t: {load: append}").load("t");
        String first = fixture.status("t", "last_loaded");
        fixture.source().execute("INSERT INTO t VALUES (3)");
        fixture.awaitNextLook();

        fixture.load("t");

        assertThat(fixture.status("t", "last_loaded")).isGreaterThan(first);
        assertThat(fixture.status("t", "load_type || ' ' || rows_loaded || ' ' || rows_inserted"))
                .isEqualTo("append 1 1");
        assertThat(fixture.target()
                        .rows("SELECT load_type, rows_processed, success FROM raw.etl_table_metrics ORDER BY id"))
                .containsExactly("full|2|t", "append|1|t");
    }

    @Test
    void pendingMeansAFullLoadDespiteWatermarks() {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO t VALUES (1), (2)");
        fixture.tables("t:").load("t");
        fixture.target().execute("UPDATE raw.etl_load_status SET load_status = 'pending'");

        assertThat(fixture.load("t").type()).contains(LoadType.FULL);
    }

    @Test
    void aLoadThatFailsInItsThirdChunkIsResumed() {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT seq FROM seq_1_to_50");
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.t (id int PRIMARY KEY)",
                        "CREATE FUNCTION raw.fail() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '42501'; END $$",
                        "CREATE TRIGGER fail BEFORE INSERT ON raw.t FOR EACH ROW WHEN (NEW.id > 25)"
                                + " EXECUTE FUNCTION raw.fail()");
        fixture.set("LOADER_PAGE_ROWS", "10").tables("t:");

        LoadResult failed = fixture.load("t");

        assertThat(failed.failure())
                .hasValueSatisfying(f -> assertThat(f.kind()).isEqualTo(FailureKind.SCHEMA));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(20);
        assertThat(fixture.status(
                        "t", "load_status || ' ' || rows_loaded || ' ' || chunks || ' ' || (bookmark ->> 'lastKey')"))
                .isEqualTo("failed 20 2 [\"20\"]");
        assertThat(fixture.status("t", "watermarks")).isEqualTo("∅");

        fixture.target().execute("DROP TRIGGER fail ON raw.t");
        LoadResult next = fixture.load("t");

        assertThat(next.reason()).isEqualTo("resumed: never loaded");
        assertThat(next.counts()).isEqualTo(new Counts(50, 50, 0, 0, 0, MappedValues.NONE));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(50);
        assertThat(fixture.status("t", "load_status || ' ' || chunks")).isEqualTo("success 6");
        assertThat(fixture.target()
                        .rows("SELECT state FROM raw.etl_dead_letter WHERE table_name = 't' AND key IS NULL"))
                .containsExactly("superseded");
    }

    @Test
    void aCompositeKeyIsDetectedAndPagedBy() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (a int, b varchar(20), c date, v int, edited timestamp NOT NULL DEFAULT"
                                + " current_timestamp ON UPDATE current_timestamp, PRIMARY KEY (a, b, c))",
                        "INSERT INTO t (a, b, c, v) SELECT seq % 3, CONCAT('K', seq % 5, 'é''\\\\'),"
                                + " '2020-01-01' + INTERVAL seq DAY, seq FROM seq_1_to_100");
        fixture.set("LOADER_PAGE_ROWS", "7").tables("t: {incremental_columns: [edited]}");
        assertThat(fixture.load("t").counts()).isEqualTo(new Counts(100, 100, 0, 0, 0, MappedValues.NONE));

        fixture.source()
                .execute("UPDATE t SET v = -1 WHERE v = 55", "INSERT INTO t (a, b, c) VALUES (9, '', '2021-01-01')");
        LoadResult increment = fixture.load("t");

        assertThat(increment.type()).contains(LoadType.INCREMENTAL);
        assertThat(increment.counts()).isEqualTo(new Counts(101, 1, 1, 99, 0, MappedValues.NONE));
        assertThat(fixture.target().rows("SELECT a, b, c, v FROM raw.t ORDER BY a, c, b"))
                .isEqualTo(fixture.source().rows("SELECT a, b, c, v FROM t ORDER BY a, c, b"));
    }

    @Test
    void aConfiguredKeyThatIsNotUniqueFailsByName() {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY, other int NOT NULL)");

        LoadResult failed = fixture.tables("t: {primary_key: other}").load("t");

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fixture.status("t", "error"))
                .contains("table t: primary_key (other) is not unique and not null in the source; allowed: (id)");
    }

    @Test
    void aTableWithoutAKeyFailsAloneByName() {
        fixture.source().execute("CREATE TABLE t (x int)", "CREATE TABLE ok (id int PRIMARY KEY)");
        fixture.tables("t:\nok:\n");

        assertThat(fixture.load("t").failure())
                .hasValueSatisfying(f -> assertThat(f.message()).contains("table t has no key"));
        assertThat(fixture.load("ok").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void keysOfEveryUsableKindAreUpserted() {
        List<String> keys = List.of(
                "bigint unsigned|18446744073709551615, 9223372036854775808, 0",
                "bigint|-9223372036854775808, -1, 9223372036854775807",
                "varchar(30) COLLATE utf8mb3_bin|'a', 'B', 'tab\\there', 'Ж'",
                "varbinary(10)|0x00, 0xFF00, 0x5C4E",
                "decimal(20,5)|-1.5, 0, 99999999999.12345",
                Products.ALL_BUT_MYSQL_5_5.underTest()
                        ? "datetime(3)|'2020-01-01 00:00:00.001', '0001-01-01', '9999-12-31 23:59:59.999'"
                        : "datetime|'2020-01-01 00:00:01', '0001-01-01', '9999-12-31 23:59:59'",
                "year|1901, 2155");
        StringBuilder tables = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            String[] kind = keys.get(i).split("\\|");
            fixture.source().execute("CREATE TABLE k" + i + " (id " + kind[0] + " NOT NULL PRIMARY KEY, v int)");
            for (String value : kind[1].split(", ")) {
                fixture.source().execute("INSERT INTO k" + i + " VALUES (" + value + ", 1)");
            }
            tables.append("k").append(i).append(":\n");
        }
        fixture.set("LOADER_PAGE_ROWS", "2").tables(tables.toString());

        for (int i = 0; i < keys.size(); i++) {
            String table = "k" + i;
            long rows = fixture.source().count("SELECT COUNT(*) FROM " + table);
            assertThat(fixture.load(table).counts())
                    .as(keys.get(i))
                    .isEqualTo(new Counts(rows, rows, 0, 0, 0, MappedValues.NONE));
            fixture.source().execute("UPDATE " + table + " SET v = 2");
            assertThat(fixture.load(table, LoadRequest.Kind.FULL).counts())
                    .as(keys.get(i))
                    .isEqualTo(new Counts(rows, 0, rows, 0, 0, MappedValues.NONE));
        }
    }
}
