package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Sampled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes under a load makes it read everything once, and says why. */
class FallbackIT {
    private static final String CATALOG = "visit: {incremental_columns: [Edited, Entered]}";

    private final LoaderFixture fixture = new LoaderFixture();

    /**
     * @param source what changes in the source
     * @param target what changes in the target
     * @param catalog the table list from now on
     * @param reason why the next load is full
     * @param then type of the one after it
     */
    private record Change(
            String name, List<String> source, List<String> target, String catalog, String reason, LoadType then) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change(
                        "a cursor column becomes text",
                        List.of("ALTER TABLE visit MODIFY Edited varchar(30)"),
                        List.of(),
                        CATALOG,
                        "type of column Edited changed;"
                                + " cursor column Edited has the type varchar(30), not date, datetime or timestamp",
                        LoadType.INCREMENTAL),
                new Change(
                        "a cursor column becomes a date",
                        List.of("ALTER TABLE visit MODIFY Edited date"),
                        List.of(),
                        CATALOG,
                        "type of column Edited changed",
                        LoadType.INCREMENTAL),
                new Change(
                        "a column is added",
                        List.of("ALTER TABLE visit ADD Fee decimal(8,2) DEFAULT 1.5"),
                        List.of(),
                        CATALOG,
                        "column Fee added",
                        LoadType.INCREMENTAL),
                new Change(
                        "the bounds are edited",
                        List.of(),
                        List.of(),
                        "visit: {incremental_columns: [Edited, Entered],"
                                + " data_quality_filters: {min_date: \"2010-01-01\"}}",
                        "bounds changed",
                        LoadType.INCREMENTAL),
                new Change(
                        "the cursor columns are edited",
                        List.of(),
                        List.of(),
                        "visit: {incremental_columns: [Entered]}",
                        "cursor columns changed",
                        LoadType.INCREMENTAL),
                new Change(
                        "the strategy is edited",
                        List.of(),
                        List.of(),
                        "visit: {incremental_columns: [Edited, Entered], incremental_strategy: and_logic}",
                        "logic changed",
                        LoadType.INCREMENTAL),
                new Change(
                        "the status is set back to pending",
                        List.of(),
                        List.of("UPDATE raw.etl_load_status SET load_status = 'pending'"),
                        CATALOG,
                        "never loaded",
                        LoadType.INCREMENTAL));
    }

    @BeforeEach
    void createTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL,"
                                + " Entered date NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, 'a', '2019-05-05', '2019-05-05' FROM seq_1_to_40");
        tables(CATALOG);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void onlyTheNextLoadIsFullWithTheReason(Change change) {
        assertThat(fixture.load("visit").reason()).isEqualTo("never loaded");
        assertThat(fixture.load("visit").type()).contains(LoadType.INCREMENTAL);
        // Neither edit is seen by its own time.
        fixture.source().execute("UPDATE visit SET Note = 'old' WHERE Id = 7");
        fixture.source().execute(change.source.toArray(String[]::new));
        fixture.target().execute(change.target.toArray(String[]::new));
        if (!change.catalog.equals(CATALOG)) {
            tables(change.catalog);
        }

        LoadResult full = fixture.load("visit");

        assertThat(full.outcome()).as(full.toString()).isEqualTo(Outcome.SUCCESS);
        assertRecorded("full", change.reason);
        assertThat(notes()).isEqualTo(fixture.source().rows("SELECT Id, Note FROM visit ORDER BY Id"));

        LoadResult next = fixture.load("visit");

        assertThat(next.type()).contains(change.then);
        assertThat(fixture.status("visit", "load_type")).isEqualTo(change.then.word());
        assertThat(next.counts().inserted() + next.counts().updated()).isZero();
    }

    @Test
    void aColumnWithoutValuesInBoundsIsLeftOutWithTheReason() {
        fixture.source().execute("UPDATE visit SET Edited = IF(Id % 2, '0001-01-01', '1902-07-31')");
        fixture.load("visit");

        LoadResult next = fixture.load("visit");

        assertThat(next.type()).contains(LoadType.INCREMENTAL);
        assertRecorded("incremental", "changed by Entered; cursor column Edited has no value inside the bounds");

        fixture.source().execute("UPDATE visit SET Edited = '0001-01-01', Entered = '1980-01-01'");
        fixture.load("visit");

        assertRecorded(
                "append",
                "new keys only; cursor column Edited has no value inside the bounds;"
                        + " cursor column Entered has no value inside the bounds");
    }

    @Test
    void aTableWithoutCursorColumnsIsAppendedByKey() {
        assertAppends("visit:", "new keys only");
    }

    @Test
    void aTableConfiguredToAppendIsAppendedByKey() {
        assertAppends("visit: {load: append, incremental_columns: [Edited]}", "new keys only");
    }

    private void assertAppends(String catalog, String reason) {
        tables(catalog);
        assertThat(fixture.load("visit").type()).contains(LoadType.FULL);
        fixture.source().execute("INSERT INTO visit VALUES (1000, 'new', '0001-01-01', '0001-01-01')");

        LoadResult appended = fixture.load("visit");

        assertThat(appended.type()).contains(LoadType.APPEND);
        assertThat(appended.counts().inserted()).isEqualTo(1);
        assertRecorded("append", reason);
        assertThat(notes()).isEqualTo(fixture.source().rows("SELECT Id, Note FROM visit ORDER BY Id"));
    }

    @Test
    void aTableConfiguredAsFullWritesEqualRowsOnce() {
        tables("visit: {load: full, incremental_columns: [Edited]}");
        fixture.load("visit");
        fixture.source().execute("UPDATE visit SET Note = 'unseen' WHERE Id = 3");

        LoadResult full = fixture.load("visit");

        assertThat(full.counts().updated()).isEqualTo(1);
        assertThat(full.counts().unchanged()).isEqualTo(39);
        assertRecorded("full", "configured");
    }

    @Test
    void withoutIntegerKeyAndCursorEachLoadIsFull() {
        fixture.source()
                .execute(
                        "CREATE TABLE code (Code varchar(10) NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                        "INSERT INTO code VALUES ('a', 'x'), ('B', 'y')");
        tables("code:");
        fixture.load("code");

        assertThat(fixture.load("code").reason()).isEqualTo("no integer key and no usable cursor column");
        assertThat(fixture.load("code").type()).contains(LoadType.FULL);
    }

    /** What the loader would choose for small tables is another test's. */
    private void tables(String catalog) {
        fixture.tables("defaults: {load: incremental, skip_unchanged: false}\n" + catalog);
    }

    private void assertRecorded(String type, String reason) {
        assertThat(fixture.status("visit", "load_type, load_reason")).isEqualTo(type + "|" + reason);
        assertThat(fixture.target()
                        .value("SELECT load_type, load_reason FROM raw.etl_table_metrics ORDER BY id DESC LIMIT 1"))
                .isEqualTo(type + "|" + reason);
    }

    private List<String> notes() {
        return fixture.target().rows("SELECT \"Id\", \"Note\" FROM raw.visit ORDER BY 1");
    }
}
