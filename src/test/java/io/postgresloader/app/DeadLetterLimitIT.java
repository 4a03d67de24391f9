package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Sampled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load most of whose rows become dead letters fails, and writes no dead letter for each row. */
@Timeout(120)
class DeadLetterLimitIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest
    @CsvSource({
        // Rows; dead letters, which come first; rows of a page; the option.
        "3000, 3000, 5000, 0.5,  stops",
        "3000, 1600, 5000, 0.5,  stops",
        "3000, 1400, 5000, 0.5,  goes on",
        "3000, 1400, 5000, 0.25, stops",
        "3000, 3000, 5000, 100%, goes on",
        " 999,  999, 5000, 0.5,  stops",
        // The default.
        " 101,   51, 5000, 10%,  stops",
        "3000,  300, 5000, 10%,  goes on",
        "3000,  301, 5000, 10%,  stops",
        // Rows that are still to come count.
        "3000,  300,  300, 10%,  goes on",
        // However many of so few.
        "  20,   20, 5000, 0.5,  goes on",
        "  21,   21, 5000, 0.5,  stops"
    })
    void theFractionOfDeadLettersDecides(int rows, int deadLetters, int page, String fraction, String outcome) {
        create(rows, deadLetters);
        fixture.set("LOADER_PAGE_ROWS", String.valueOf(page));
        fixture.tables("visit: {max_dead_letter_fraction: " + fraction + "}");

        LoadResult result = fixture.load("visit");

        boolean stops = outcome.equals("stops");
        assertThat(result.outcome()).as(result.toString()).isEqualTo(stops ? Outcome.FAILED : Outcome.SUCCESS);
        assertThat(rowEntries()).isEqualTo(stops ? 0 : deadLetters);
        assertThat(fixture.status("visit", "watermarks IS NULL")).isEqualTo(stops ? "t" : "f");
        if (stops) {
            assertThat(result.failure().orElseThrow().kind()).isEqualTo(FailureKind.ROW_DATA);
            assertThat(result.failure().orElseThrow().message())
                    .startsWith("table visit: " + deadLetters + " of " + rows + " rows became dead letters")
                    .contains("max_dead_letter_fraction")
                    .contains("most often: column Note: the value is longer than the column (SQLSTATE 22001)");
        }
    }

    @Test
    void aRetryAddsNoDeadLetters() {
        create(5000, 5000);
        fixture.set("LOADER_PAGE_ROWS", "400");
        fixture.tables("visit:");

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.FAILED);

            assertThat(rowEntries()).isEqualTo(400);
            assertThat(
                            fixture.target()
                                    .rows(
                                            "SELECT reason, attempts FROM raw.etl_dead_letter WHERE key IS NULL AND state = 'open'"))
                    .containsExactly("row data|" + attempt);
        }

        fixture.target().execute("ALTER TABLE raw.visit ALTER \"Note\" TYPE text");
        LoadResult fixed = fixture.load("visit");

        assertThat(fixed.outcome()).as(fixed.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(5000);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter WHERE state = 'open'"))
                .isZero();
    }

    /** Else no later load could bring the good rows: each would read the same dead letters again, and fail. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // Rows; dead letters, which come first; their text.
                "  1000,    50, 'too long'",
                // They conflict with the row before them.
                "  1000,    50, 'same'"
            })
    void openDeadLettersDoNotCountAgain(int rows, int deadLetters, String text) {
        loadAgainWithoutCounting(rows, deadLetters, text);
    }

    @Test
    @Tag(Extent.SLOW)
    @Timeout(400)
    void openDeadLettersWhoseKeysAreNotHeldDoNotCount() {
        loadAgainWithoutCounting(150_000, 12_000, "CHAR(0)");
    }

    private void loadAgainWithoutCounting(int rows, int deadLetters, String text) {
        createEdited(rows, deadLetters, text);
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, reconcile: off}");
        assertThat(fixture.load("visit").counts().deadLettered()).isEqualTo(deadLetters);

        fixture.source().execute("UPDATE visit SET Edited = NOW() WHERE Id <= " + deadLetters);
        LoadResult increment = fixture.load("visit");

        assertThat(increment.outcome()).as(increment.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(increment.counts().deadLettered()).isEqualTo(deadLetters);
        assertThat(rowEntries()).isEqualTo(deadLetters);

        fixture.source()
                .execute("UPDATE visit SET Edited = NOW(), Note = IF(Id > " + deadLetters
                        + ", 'too long', Note) WHERE Id <= " + (deadLetters + 30));
        LoadResult added = fixture.load("visit");

        assertThat(added.outcome())
                .as(added.toString())
                .isEqualTo(deadLetters > 300 ? Outcome.SUCCESS : Outcome.FAILED);
    }

    private void createEdited(int rows, int deadLetters, String text) {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, IF(seq <= " + deadLetters + ", " + text
                                + ", HEX(seq)), '2020-02-02' FROM seq_1_to_" + rows);
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.visit (\"Id\" int PRIMARY KEY, \"Note\" varchar(5), \"Edited\" timestamp)");
        if (text.contains("same")) {
            fixture.source().execute("INSERT INTO visit VALUES (0, 'same', '2020-02-02')");
            fixture.target().execute("CREATE UNIQUE INDEX ON raw.visit (\"Note\")");
        }
    }

    /** Rows that could not even be encoded count as well. */
    @Test
    void rowsThatCannotBeEncodedCount() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, CHAR(0) FROM seq_1_to_2000");
        fixture.tables("visit:");

        LoadResult result = fixture.load("visit");

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failure().orElseThrow().message())
                .contains("most often: column Note: the text has a NUL character");
    }

    private void create(int rows, int deadLetters) {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, IF(seq <= " + deadLetters + ", 'too long', 'ok') FROM seq_1_to_"
                                + rows);
        fixture.target()
                .execute("CREATE SCHEMA raw", "CREATE TABLE raw.visit (\"Id\" int PRIMARY KEY, \"Note\" varchar(5))");
    }

    private long rowEntries() {
        return fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter WHERE key IS NOT NULL");
    }
}
