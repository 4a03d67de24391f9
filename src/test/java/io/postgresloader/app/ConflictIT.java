package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Sampled;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row whose value another row of the target still has: that row may change in the same load. */
@Timeout(120)
@Tag(Extent.SMOKE)
class ConflictIT {
    private static final String ROWS = "SELECT \"Id\", \"Code\", mine FROM raw.visit ORDER BY 1";

    private final LoaderFixture fixture = new LoaderFixture();

    /** In the target Code is unique, and the table has a column that the source knows nothing of. */
    @BeforeEach
    void load() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Code int, Edited datetime NOT NULL)"
                                + " ENGINE=InnoDB",
                        "INSERT INTO visit SELECT seq, 10 * seq, '2020-01-01' FROM seq_1_to_20");
        // The rows of a conflict are in different batches and chunks.
        fixture.set("LOADER_PAGE_ROWS", "4").set("LOADER_BATCH_ROWS", "2");
        fixture.tables("visit: {incremental_columns: [Edited], skip_unchanged: false}");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.target()
                .execute(
                        "ALTER TABLE raw.visit ADD UNIQUE (\"Code\")",
                        "ALTER TABLE raw.visit ADD COLUMN mine text",
                        "UPDATE raw.visit SET mine = 'mine ' || \"Id\"");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "two rows swap;       CASE Id WHEN 3 THEN 130 WHEN 13 THEN 30 ELSE Code END;                 2",
                "three rows rotate;   CASE Id WHEN 3 THEN 130 WHEN 13 THEN 70 WHEN 7 THEN 30 ELSE Code END;  3",
                "all move up;         Code + 10;                                                            20",
                "all move down;       Code - 10;                                                            20",
                "a later one is free; CASE Id WHEN 3 THEN 130 WHEN 13 THEN 999 ELSE Code END;                2",
                "NULL frees it;       CASE Id WHEN 3 THEN 130 WHEN 13 THEN NULL ELSE Code END;               2"
            })
    void rowsThatSwapUniqueValuesArrive(String name, String code, long updated) {
        fixture.source()
                .execute("UPDATE visit SET Edited = IF(Code <=> (" + code + "), Edited, NOW()), Code = " + code);

        LoadResult result = fixture.load("visit");

        assertCounts(result.counts(), 0, updated, 0);
        assertThat(fixture.target().rows(ROWS))
                .isEqualTo(fixture.source().rows("SELECT Id, Code, CONCAT('mine ', Id) FROM visit ORDER BY 1"));
        assertThat(openEntries()).isEmpty();
    }

    @Test
    void aNewRowThatTakesTheValueOfAnEditedOneArrives() {
        fixture.source()
                .execute(
                        "UPDATE visit SET Code = 999, Edited = NOW() WHERE Id = 20",
                        "INSERT INTO visit VALUES (0, 200, NOW()), (21, 210, NOW())");

        LoadResult result = fixture.load("visit");

        assertCounts(result.counts(), 2, 1, 0);
        assertThat(fixture.target().rows("SELECT \"Id\", \"Code\" FROM raw.visit ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id, Code FROM visit ORDER BY 1"));
    }

    /** 3 takes the value of a deleted row, 7 that of 3, and 8 and 18 swap. */
    @Test
    void onlyWhatStillConflictsBecomesADeadLetter() {
        fixture.source()
                .execute(
                        "UPDATE visit SET Edited = NOW(), Code = CASE Id WHEN 3 THEN 50 WHEN 7 THEN 30 WHEN 8 THEN 180"
                                + " WHEN 18 THEN 80 END WHERE Id IN (3, 7, 8, 18)",
                        "DELETE FROM visit WHERE Id = 5");

        LoadResult result = fixture.load("visit");

        assertCounts(result.counts(), 0, 2, 2);
        assertThat(openEntries()).containsExactly("3|23505|1", "7|23505|1");
        assertThat(fixture.target()
                        .rows("SELECT \"Id\", \"Code\" FROM raw.visit WHERE \"Id\" IN (3, 7, 8, 18)" + " ORDER BY 1"))
                .containsExactly("3|30", "7|70", "8|180", "18|80");
        assertThat(fixture.target().rows("SELECT DISTINCT mine = 'mine ' || \"Id\" FROM raw.visit"))
                .containsExactly("t");
        assertThat(fixture.status("visit", "rows_updated, rows_dead_lettered")).isEqualTo("2|2");
        assertThat(fixture.target()
                        .value("SELECT rows_updated || '|' || rows_dead_lettered FROM raw.etl_table_metrics"
                                + " ORDER BY id DESC LIMIT 1"))
                .isEqualTo("2|2");

        fixture.target().execute("DELETE FROM raw.visit WHERE \"Id\" = 5");
        LoadResult replay = fixture.load("visit", LoadRequest.Kind.REPLAY);

        assertCounts(replay.counts(), 0, 2, 0);
        assertThat(openEntries()).isEmpty();
        assertThat(fixture.target()
                        .value("SELECT string_agg(DISTINCT state, ',') FROM raw.etl_dead_letter"
                                + " WHERE key->>'Id' IN ('3', '7')"))
                .isEqualTo("replayed");
        assertThat(fixture.target().rows("SELECT \"Id\", \"Code\" FROM raw.visit ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id, Code FROM visit ORDER BY 1"));
    }

    @Test
    void aLoadThatStopsBeforeItsEndLosesNoRow() {
        swap();
        fixture.target()
                .execute(
                        "CREATE FUNCTION raw.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " RAISE EXCEPTION 'x' USING ERRCODE = 'XX000'; END $$",
                        "CREATE TRIGGER fail BEFORE UPDATE ON raw.etl_load_status FOR EACH ROW"
                                + " WHEN (NEW.load_status = 'success') EXECUTE FUNCTION raw.fail()");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(openEntries()).containsExactly("3|23505|1", "13|23505|1");
        fixture.stop();
        fixture.target().execute("DROP TRIGGER fail ON raw.etl_load_status");

        LoadResult resumed = fixture.load("visit");

        assertThat(resumed.reason()).startsWith("resumed: ");
        assertCounts(resumed.counts(), 0, 2, 0);
        assertThat(openEntries()).isEmpty();
        assertThat(fixture.target().rows(ROWS))
                .isEqualTo(fixture.source().rows("SELECT Id, Code, CONCAT('mine ', Id) FROM visit ORDER BY 1"));
    }

    @Test
    void aRowDeletedBeforeTheEndIsNoDeadLetter() {
        fixture.source().execute("UPDATE visit SET Code = 130, Edited = NOW() WHERE Id = 3");
        assertCounts(fixture.load("visit").counts(), 0, 0, 1);
        fixture.source().execute("DELETE FROM visit WHERE Id = 3");

        fixture.load("visit", LoadRequest.Kind.REPLAY);

        assertThat(openEntries()).isEmpty();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit WHERE \"Id\" = 3"))
                .isEqualTo(1);
    }

    /** To take a row out and put it in again would be a delete and an insert to them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CREATE TABLE raw.bill (visit int REFERENCES raw.visit ON DELETE CASCADE)",
                "ALTER TABLE raw.visit ADD COLUMN once int GENERATED ALWAYS AS IDENTITY",
            })
    void conflictsOfAWatchedTableStayDeadLetters(String watcher) {
        fixture.target().execute(watcher);
        swap();

        LoadResult result = fixture.load("visit");

        assertThat(result.outcome()).isEqualTo(Outcome.SUCCESS);
        assertCounts(result.counts(), 0, 0, 2);
        assertThat(openEntries()).containsExactly("3|23505|1", "13|23505|1");
    }

    private void swap() {
        fixture.source()
                .execute("UPDATE visit SET Edited = NOW(), Code = CASE Id WHEN 3 THEN 130 ELSE 30 END"
                        + " WHERE Id IN (3, 13)");
    }

    private List<String> openEntries() {
        return fixture.target()
                .rows("SELECT key->>'Id', sqlstate, attempts FROM raw.etl_dead_letter WHERE state = 'open'"
                        + " AND key IS NOT NULL ORDER BY (key->>'Id')::int");
    }

    private static void assertCounts(Counts counts, long inserted, long updated, long deadLettered) {
        assertThat(List.of(counts.inserted(), counts.updated(), counts.deadLettered()))
                .containsExactly(inserted, updated, deadLettered);
        assertThat(counts.balanced()).isTrue();
    }
}
