package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.StampedReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stamps begin in a column that was there: readers miss nothing of what happened before. */
class StampBeginsIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, 'a', '2026-01-01' FROM seq_1_to_5");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** The table has stamps in another column, or none. */
    @Sampled(oneOf = 2)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_loaded_at | none      | 5 rows have NULL in the column \"written\"",
                "_loaded_at | infinity  | 5 rows have infinity in the column \"written\"",
                "_loaded_at | -infinity | 5 rows have infinity in the column \"written\"",
                "off        | infinity  | 5 rows have infinity in the column \"written\""
            })
    void aColumnWithoutTimesIsNamed(String before, String value, String message) {
        loaded(before);
        fixture.target()
                .execute(
                        "ALTER TABLE raw.visit ADD COLUMN written timestamptz",
                        "UPDATE raw.visit SET written = nullif('" + value + "', 'none')::timestamptz");
        named("written");
        edit();

        assertThat(fixture.load("visit").failure().orElseThrow().message()).contains(message);

        fixture.target().execute("UPDATE raw.visit SET written = '2200-01-01 00:00:00+00'");
        load();
        assertThat(fixture.status("visit", "stamp_column, stamped_up_to > '2200-01-01'"))
                .isEqualTo("written|t");
        assertThat(fixture.target()
                        .value("SELECT max(written) <= max(stamped_up_to) AND min(written) < max(written)"
                                + " FROM raw.visit, raw.etl_load_status"))
                .isEqualTo("t");
        assertThat(feed()).as("readers begin anew").isEqualTo("∅");
    }

    @Test
    void aReaderMissesNoRowThatWasDeletedWhileStampsWereOff() throws Exception {
        loaded("_loaded_at");
        StampedReader reader = new StampedReader(fixture.target(), "visit", "\"Id\"::text", "key->>'Id'");
        reader.read(true);
        named("off");
        edit();
        fixture.source().execute("DELETE FROM visit WHERE Id = 2");
        load();
        fixture.repair("visit");
        named("_loaded_at");
        edit();

        load();

        reader.read(false);
        reader.read(false);
        assertThat(reader.differences()).isEmpty();
    }

    /** A repair alone does not begin to stamp rows. */
    @Sampled(oneOf = 2)
    @ParameterizedTest
    @CsvSource({"off, delete", "off, mark", "_loaded_at, delete"})
    void aRepairStampsNothingBeforeALoadHasBegunTo(String before, String deletes) {
        loaded(before);
        String stamped = fixture.status("visit", "stamped_up_to");
        fixture.target()
                .execute(
                        "ALTER TABLE raw.visit ADD COLUMN written timestamptz DEFAULT now()",
                        "ALTER TABLE raw.visit ADD COLUMN _deleted_at timestamptz");
        fixture.tables("visit: {incremental_columns: [Edited], loaded_at_column: written, deletes: " + deletes + "}");
        fixture.source().execute("DELETE FROM visit WHERE Id = 2");
        fixture.target().execute("UPDATE raw.visit SET written = '2020-01-01'");

        fixture.repair("visit");

        assertThat(fixture.status("visit", "verify_result")).isEqualTo("repaired");
        assertThat(fixture.status("visit", "stamped_up_to")).isEqualTo(stamped);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit WHERE written > '2020-01-01'"))
                .isZero();
        edit();
        load();
        assertThat(feed()).as("readers begin anew").isEqualTo("∅");
    }

    private void loaded(String column) {
        named(column);
        load();
    }

    private void named(String column) {
        fixture.tables(
                "visit: {incremental_columns: [Edited], skip_unchanged: false, loaded_at_column: " + column + "}");
    }

    private void edit() {
        fixture.source().execute("UPDATE visit SET Note = CONCAT(Note, 'x'), Edited = NOW() WHERE Id = 3");
    }

    private void load() {
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private String feed() {
        return String.join(",", fixture.target().rows("SELECT DISTINCT key FROM raw.etl_deleted_row"));
    }
}
