package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.JarRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A right that was revoked is not mistaken for a column or table that was dropped. */
class RevokedRightsIT {
    private static final String USER = "'partial'@'127.0.0.1'";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void loadedTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id int PRIMARY KEY, V varchar(20), Qty int)",
                        "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
                        "CREATE TABLE other (Id int PRIMARY KEY)",
                        "INSERT INTO other VALUES (1)");
        fixture.asUserWithoutRights("partial").tables("t:\nother:\n");
        fixture.source().execute("GRANT SELECT ON t TO " + USER, "GRANT SELECT ON other TO " + USER);
        fixture.load("t");
        fixture.load("other");
        fixture.source().execute("UPDATE t SET V = 'edited', Qty = 77", "INSERT INTO t VALUES (3, 'c', 77)");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aColumnWithoutARightStopsItsTable() {
        fixture.source().execute("REVOKE SELECT ON t FROM " + USER, "GRANT SELECT (Id, V) ON t TO " + USER);

        assertStopped("column Qty exists, and the source's user has no right to read it; run: GRANT SELECT (`Qty`) ON `"
                + database() + "`.`t` TO " + USER);
    }

    @Test
    void aKeyColumnWithoutARightStopsItsTable() {
        fixture.source().execute("REVOKE SELECT ON t FROM " + USER, "GRANT SELECT (V, Qty) ON t TO " + USER);

        assertStopped("column Id exists", "GRANT SELECT (`Id`)");
    }

    @Test
    void aTableWithoutARightStopsAloneAtAStart() {
        fixture.source().execute("REVOKE SELECT ON t FROM " + USER);

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertStopped("GRANT SELECT ON `" + database() + "`.`t` TO " + USER);
        assertThat(fixture.status("other", "load_status")).isEqualTo("success");
    }

    @Test
    void anExcludedColumnNeedsNoRight() {
        fixture.source().execute("REVOKE SELECT ON t FROM " + USER, "GRANT SELECT (Id, V) ON t TO " + USER);
        fixture.tables("t: {exclude_columns: [Qty]}\nother:\n");

        LoadResult result = fixture.load("t");

        assertThat(result.failure()).isEmpty();
        assertThat(fixture.target().rows("SELECT \"Id\", \"V\" FROM raw.t ORDER BY 1"))
                .containsExactly("1|edited", "2|edited", "3|c");
    }

    @Test
    void aDroppedColumnIsStillDropped() {
        fixture.source().execute("ALTER TABLE t DROP COLUMN Qty");

        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().rows("SELECT \"Id\", \"V\" FROM raw.t ORDER BY 1"))
                .contains("1|edited", "3|c");
    }

    @Test
    void aDroppedColumnIsDroppedToAUserWithRightsToColumns() {
        fixture.source()
                .execute(
                        "REVOKE SELECT ON t FROM " + USER,
                        "GRANT SELECT (Id, V) ON t TO " + USER,
                        "ALTER TABLE t DROP COLUMN Qty");

        assertThat(fixture.load("t").failure()).isEmpty();
        assertThat(fixture.target().rows("SELECT \"Id\", \"V\" FROM raw.t ORDER BY 1"))
                .contains("1|edited", "3|c");
    }

    private void assertStopped(String... words) {
        LoadResult stopped = fixture.load("t");
        assertThat(stopped.failure())
                .hasValueSatisfying(failure -> assertThat(failure.message()).contains(words));
        assertThat(fixture.repair("t").before().failure())
                .hasValueSatisfying(failure -> assertThat(failure).contains(words));
        assertThat(fixture.target().rows("SELECT \"Id\", \"V\", \"Qty\" FROM raw.t ORDER BY 1"))
                .containsExactly("1|a|1", "2|b|2");
        assertThat(fixture.load("other").failure()).isEmpty();
    }

    private String database() {
        return fixture.source().value("SELECT DATABASE()");
    }
}
