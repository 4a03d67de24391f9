package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Sampled;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another program changes the target between two loads: the next load sees it, whether or not the source changed. */
class TargetChangedIT {
    private static final String EMPTIED = "the target table was emptied since the last load";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void loadTwice() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq), '2020-02-02' FROM seq_1_to_300");
        // Without comparisons, which would find what a load does not see.
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, reconcile: off}");
        fixture.load("visit");
        // The first increment reads all rows of a small table again.
        fixture.source().execute("UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id = 300");
        fixture.load("visit");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "idle|TRUNCATE raw.visit|" + EMPTIED,
                "busy|TRUNCATE raw.visit|" + EMPTIED,
                "idle|CREATE TABLE raw.v (LIKE raw.visit INCLUDING ALL); DROP TABLE raw.visit;"
                        + " ALTER TABLE raw.v RENAME TO visit|" + EMPTIED,
                "idle|ALTER TABLE raw.visit DROP COLUMN \"Note\"|column Note added",
                "busy|ALTER TABLE raw.visit DROP COLUMN \"Note\"|column Note added",
                "idle|DROP TABLE raw.visit|table created"
            })
    void aTableThatLostRowsOrColumnsIsLoadedAgain(String source, String change, String reason) {
        awaitUnchanged();
        fixture.target().execute(change);
        changeSourceIf(source);

        LoadResult next = fixture.load("visit");

        assertThat(next.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(next.type()).contains(LoadType.FULL);
        assertThat(next.reason()).isEqualTo(reason);
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        awaitUnchanged();
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "idle|VACUUM FULL raw.visit",
                "busy|VACUUM FULL raw.visit",
                "idle|CLUSTER raw.visit USING visit_pkey",
                "idle|ALTER TABLE raw.visit ADD COLUMN mine text"
            })
    void aTableThatKeptItsRowsIsNotLoadedAgain(String source, String change) {
        awaitUnchanged();
        fixture.target().execute(change);
        changeSourceIf(source);

        LoadResult next = fixture.load("visit");

        assertThat(next.type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.status("visit", "notes, reconcile_reason")).isEqualTo("∅|∅");
        awaitUnchanged();
    }

    @Test
    void aTableThatLostSomeRowsIsToBeCompared() {
        awaitUnchanged();
        fixture.target()
                .execute(
                        "CREATE TABLE raw.kept AS SELECT * FROM raw.visit WHERE \"Id\" < 100",
                        "TRUNCATE raw.visit",
                        "INSERT INTO raw.visit SELECT * FROM raw.kept");

        LoadResult next = fixture.load("visit");

        assertThat(next.type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.status("visit", "notes"))
                .isEqualTo("the target table was rewritten since the last load: source has 300 rows, target 99: 201"
                        + " fewer (open dead letters: 0); to load the missing rows run: verify visit --repair");
        assertThat(fixture.status("visit", "reconcile_reason"))
                .isEqualTo("the target table was rewritten since the last load and has 201 rows fewer than the source");
    }

    @Test
    void aTableThatIsEmptiedDuringALoadIsLoadedFromTheStart() {
        fixture.set("LOADER_PAGE_ROWS", "100").set("LOADER_RETRIES", "0");
        fixture.target()
                .execute(
                        "CREATE FUNCTION raw.fail() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'out of space' USING ERRCODE = '53100'; END $$",
                        "TRUNCATE raw.visit",
                        "CREATE TRIGGER fail BEFORE INSERT ON raw.visit FOR EACH ROW WHEN (NEW.\"Id\" = 250)"
                                + " EXECUTE FUNCTION raw.fail()");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(200);
        fixture.target().execute("TRUNCATE raw.visit", "DROP TRIGGER fail ON raw.visit");

        LoadResult resumed = fixture.load("visit");

        assertThat(resumed.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(300);
    }

    private void changeSourceIf(String source) {
        if (source.equals("busy")) {
            fixture.source().execute("UPDATE visit SET Note = 'y', Edited = NOW() WHERE Id = 7");
        }
    }

    private void awaitUnchanged() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> fixture.load("visit").type().equals(Optional.of(LoadType.UNCHANGED)));
    }
}
