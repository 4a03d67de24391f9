package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Sampled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column that the source's user may not read is not missing in a new or adopted table without a word. */
@Tag(Extent.CORE)
class HiddenColumnsIT {
    private static final String USER = "'some'@'127.0.0.1'";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void source() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id int PRIMARY KEY, Ssn varchar(20), V varchar(20), Qty int)",
                        "INSERT INTO t VALUES (1, 'x', 'a', 1), (2, 'y', 'b', 2)");
        fixture.asUserWithoutRights("some").tables("t:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Ssn, V, Qty |            |in front of Ssn",
                "Id, V, Qty  |            |between Id and V",
                "Id, Qty     |            |between Id and Qty, between Id and Qty",
                "Id, Ssn, V  |            |behind V",
                "Id, Qty     |Ssn         |between Id and Qty, between Id and Qty",
                "Id, Ssn, V  |Ssn         |behind V"
            })
    void aNewTableStopsWithThePlaceAndTheGrant(String granted, String excluded, String places) {
        grant(granted);
        exclude(excluded);

        assertStopped("table t has columns that the source's user has no right to read (" + places
                + "); run: GRANT SELECT ON `" + database() + "`.`t` TO " + USER
                + "; or name each of them in exclude_columns");

        fixture.source().execute("GRANT SELECT ON t TO " + USER);
        assertThat(fixture.load("t").failure()).isEmpty();
        assertThat(fixture.target().rows("SELECT \"Id\", \"V\" FROM raw.t ORDER BY 1"))
                .containsExactly("1|a", "2|b");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {"Id, Ssn, V|    |Qty", "Id, Ssn   |    |V, Qty", "Id, V     |Ssn |Qty", "Id, V     |ssn |Qty"})
    void aTableToBeAdoptedStopsWithTheColumn(String granted, String excluded, String named) {
        adoptable();
        grant(granted);
        exclude(excluded);

        assertStopped(" (" + named + "); run: GRANT SELECT ON `" + database() + "`.`t` TO " + USER);

        assertThat(fixture.target().rows("SELECT * FROM raw.t")).containsExactly("1|x|a|7");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {"Id, V, Qty|Ssn", "Id, Ssn, V|Qty", "Id, V|ssn, qty"})
    void excludedColumnsNeedNoRight(String granted, String excluded) {
        grant(granted);
        exclude(excluded);

        LoadResult loaded = fixture.load("t");

        assertThat(loaded.failure()).isEmpty();
        assertThat(fixture.target().rows("SELECT \"Id\", \"V\" FROM raw.t ORDER BY 1"))
                .containsExactly("1|a", "2|b");
        assertThat(fixture.target().rows("SELECT changes FROM raw.etl_schema_version"))
                .singleElement()
                .asString()
                .contains("only columns that the source's user may read are loaded", "GRANT SELECT ON");
        assertThat(fixture.load("t").failure()).isEmpty();
    }

    @Test
    void rightsToEachColumnAreEnough() {
        adoptable();
        fixture.target().execute("ALTER TABLE raw.t ADD COLUMN mine int");
        grant("Id, Ssn, V, Qty");

        assertThat(fixture.load("t").failure()).isEmpty();
        assertThat(fixture.target().rows("SELECT * FROM raw.t ORDER BY 1")).containsExactly("1|x|a|1|∅", "2|y|b|2|∅");
    }

    private void adoptable() {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.t (\"Id\" integer PRIMARY KEY, \"Ssn\" text, \"V\" text, \"Qty\" integer)",
                        "INSERT INTO raw.t VALUES (1, 'x', 'a', 7)");
    }

    private void grant(String columns) {
        fixture.source().execute("GRANT SELECT (" + columns + ") ON t TO " + USER);
    }

    private void exclude(String columns) {
        fixture.tables(columns == null ? "t:\n" : "t: {exclude_columns: [" + columns + "]}\n");
    }

    private void assertStopped(String words) {
        assertThat(fixture.load("t").failure())
                .hasValueSatisfying(failure -> assertThat(failure.message()).contains(words));
        fixture.stop();
    }

    private String database() {
        return fixture.source().value("SELECT DATABASE()");
    }
}
