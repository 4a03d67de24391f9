package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of a column that is excluded after it was loaded: they are counted, and removed on request. */
class ExcludedColumnIT {
    private static final String CLEAR = "UPDATE \"raw\".\"visit\" SET \"Ssn\" = NULL WHERE \"Ssn\" IS NOT NULL";

    private static final String VALUES = "SELECT count(\"Ssn\") FROM raw.visit";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void load() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Ssn varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, CONCAT('000-', seq), '2020-02-02' FROM seq_1_to_3000");
        fixture.tables("visit: {incremental_columns: [Edited]}");
        fixture.load("visit");
        fixture.target().execute("CREATE VIEW raw.ssn AS SELECT \"Ssn\" FROM raw.visit");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theValuesThatStayAreCountedWithTheStatement() {
        fixture.tables("visit: {incremental_columns: [Edited], exclude_columns: [SSN]}");

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.status("visit", "notes"))
                .isEqualTo("column Ssn is excluded by exclude_columns, and the target has 3000 values of it; to remove"
                        + " them set purge_excluded: true, or run: " + CLEAR);
        assertThat(changes())
                .isEqualTo("[\"column Ssn is excluded by exclude_columns: it stays in the target, NULL in new rows\"]");
        assertThat(fixture.target().count(VALUES)).isEqualTo(3000);
    }

    @Test
    void aDroppedColumnIsNotCalledExcluded() {
        fixture.source().execute("ALTER TABLE visit DROP Ssn");

        fixture.load("visit");

        assertThat(changes())
                .isEqualTo("[\"column Ssn was dropped in the source; it stays in the target, NULL in new rows\"]");
        assertThat(fixture.status("visit", "notes")).doesNotContain("exclude");
    }

    @Test
    void purgeExcludedRemovesTheValuesOnceAndCountsThem() {
        fixture.tables("visit: {incremental_columns: [Edited], exclude_columns: [SSN], purge_excluded: true}");

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.load("visit");

        assertThat(fixture.target().count(VALUES)).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.ssn")).isEqualTo(3000);
        assertThat(
                        fixture.target()
                                .rows(
                                        "SELECT rows_processed, load_reason FROM raw.etl_table_metrics WHERE load_type = 'purge'"))
                .containsExactly("3000|3000 values of the excluded column Ssn removed from the target");
        assertThat(fixture.status("visit", "purged_columns")).isEqualTo("[\"Ssn\"]");
    }

    @Test
    void aColumnThatIsLoadedAgainIsPurgedAgain() {
        fixture.tables("visit: {incremental_columns: [Edited], exclude_columns: [Ssn], purge_excluded: true}");
        fixture.load("visit");
        fixture.tables("visit: {incremental_columns: [Edited]}");
        fixture.load("visit");
        assertThat(fixture.target().count(VALUES)).isEqualTo(3000);

        fixture.tables("defaults: {purge_excluded: true}\n"
                + "visit: {incremental_columns: [Edited], exclude_columns: [Ssn]}");
        fixture.load("visit");

        assertThat(fixture.target().count(VALUES)).isZero();
    }

    @Test
    void aColumnThatMustNotBeNullStopsThePurge() {
        fixture.target().execute("ALTER TABLE raw.visit ALTER COLUMN \"Ssn\" SET DEFAULT ''");
        fixture.target().execute("ALTER TABLE raw.visit ALTER COLUMN \"Ssn\" SET NOT NULL");
        fixture.tables("visit: {incremental_columns: [Edited], exclude_columns: [Ssn], purge_excluded: true}");

        LoadResult stopped = fixture.load("visit");

        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().message())
                .endsWith("must not be NULL in the target, so that purge_excluded cannot remove its values; run: ALTER"
                        + " TABLE \"raw\".\"visit\" ALTER COLUMN \"Ssn\" DROP NOT NULL");
    }

    private String changes() {
        return fixture.target().value("SELECT changes FROM raw.etl_schema_version ORDER BY id DESC LIMIT 1");
    }
}
