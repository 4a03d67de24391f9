package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Sampled;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The source's schema changes: no row is lost, views live on, and the record names the column. */
class DriftIT {
    private static final int ROWS = 8_000;

    private static final String HALF_WAY =
            "SELECT count(*) FROM raw.etl_load_status WHERE load_status = 'running'" + " AND chunks BETWEEN 6 AND 59";

    private final LoaderFixture fixture = new LoaderFixture();

    /**
     * @param change what happens to the source
     * @param recorded what {@code etl_schema_version} says of it, as a regular expression
     * @param type of the column in the target afterwards; ∅ where it has none
     * @param column the column that is looked at
     */
    private record Drift(String name, List<String> change, String recorded, String column, String type) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Drift> drifts() {
        return Stream.of(
                new Drift(
                        "added",
                        List.of("ALTER TABLE visit ADD Fee decimal(8,2) NOT NULL DEFAULT 1.5"),
                        "column Fee added as numeric\\(8,2\\)",
                        "Fee",
                        "numeric(8,2)"),
                new Drift(
                        "dropped",
                        List.of("ALTER TABLE visit DROP Note"),
                        "column Note was dropped in the source; it stays in the target," + " NULL in new rows",
                        "Note",
                        "text"),
                new Drift(
                        "widened",
                        List.of(
                                "ALTER TABLE visit MODIFY Amount bigint",
                                "UPDATE visit SET Amount = 5000000000 + Id, Edited = NOW() WHERE Id % 10 = 0"),
                        ".*column Amount widened from integer to bigint.*column Amount changed in the source from"
                                + " int to bigint; it is bigint in the target",
                        "Amount",
                        "bigint"),
                new Drift(
                        "narrowed, which cuts its values",
                        List.of("SET sql_mode = ''", "ALTER TABLE visit MODIFY Note varchar(3)"),
                        "column Note changed in the source from varchar\\(20\\) utf8(mb3)? to varchar\\(3\\) utf8(mb3)?;"
                                + " it is text in the target",
                        "Note",
                        "text"),
                new Drift(
                        "changed from number to text",
                        List.of(
                                "ALTER TABLE visit MODIFY Amount varchar(20)",
                                "UPDATE visit SET Amount = 'none' WHERE Id % 7 = 0"),
                        ".*column Amount widened from integer to text.*",
                        "Amount",
                        "text"),
                new Drift(
                        "changed to another character set, which loses characters",
                        List.of("SET sql_mode = ''", "ALTER TABLE visit MODIFY Note varchar(20) CHARACTER SET ascii"),
                        "column Note changed in the source from varchar\\(20\\) utf8(mb3)? to varchar\\(20\\) ascii;.*",
                        "Note",
                        "text"));
    }

    @BeforeEach
    void createTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Amount int,"
                                + " Edited datetime NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, CONCAT('ä', seq), seq, '2019-05-05' FROM seq_1_to_" + ROWS);
        // A load that is under way does not fit the changed rows: more than the dead letter limit allows by default.
        fixture.set("LOADER_PAGE_ROWS", "100")
                .tables("visit: {incremental_columns: [Edited], max_dead_letter_fraction: 100%}");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 5)
    @ParameterizedTest(name = "{0}")
    @MethodSource("drifts")
    @Tag(Extent.CORE)
    void aChangeBetweenLoadsIsCompleteAfterTheNext(Drift drift) {
        fixture.load("visit");
        createView();
        String watermarks = fixture.status("visit", "watermarks");
        fixture.source().execute(drift.change.toArray(String[]::new));
        LoadResult next = fixture.load("visit");

        assertThat(next.outcome()).as(next.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(watermarks).isNotEqualTo("∅");
        assertArrived(drift);
        assertThat(fixture.load("visit").type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.status("visit", "backfill")).isEqualTo("∅");
    }

    @Sampled(oneOf = 5)
    @ParameterizedTest(name = "{0}")
    @MethodSource("drifts")
    void aChangeDuringALoadLosesNoRow(Drift drift) throws Exception {
        fixture.load("visit");
        createView();
        long chunksBefore = Long.parseLong(fixture.status("visit", "chunks"));
        assertThat(chunksBefore).isPositive();
        CompletableFuture<LoadResult> running = fullLoadThatIsUnderWay();
        fixture.source().execute(drift.change.toArray(String[]::new));

        LoadResult interrupted = running.get();

        assertThat(interrupted.outcome()).as(interrupted.toString()).isEqualTo(Outcome.SUCCESS);
        LoadResult next = fixture.load("visit");
        assertThat(next.outcome()).as(next.toString()).isEqualTo(Outcome.SUCCESS);
        assertArrived(drift);
    }

    @Test
    @Tag(Extent.CORE)
    void aColumnAddedAgainGetsItsNewValues() {
        fixture.load("visit");
        fixture.source().execute("ALTER TABLE visit DROP Note");
        fixture.load("visit");
        fixture.source().execute("ALTER TABLE visit ADD Note varchar(20) NOT NULL DEFAULT 'again'");

        LoadResult back = fixture.load("visit");

        assertThat(back.reason()).isEqualTo("column Note is new");
        assertEqual();
    }

    @Test
    void aColumnThatAViewReadsIsNotWidened() {
        fixture.load("visit");
        fixture.target().execute("CREATE VIEW raw.amounts AS SELECT \"Id\", \"Amount\" FROM raw.visit");
        fixture.source()
                .execute(
                        "ALTER TABLE visit MODIFY Amount bigint",
                        "UPDATE visit SET Amount = 5000000000, Edited = NOW() WHERE Id IN (7, 8)");

        LoadResult kept = fixture.load("visit");

        assertThat(kept.counts().deadLettered()).isEqualTo(2);
        assertThat(deadLetters()).containsExactly("7|22003|Amount|open", "8|22003|Amount|open");
        assertThat(fixture.status("visit", "notes"))
                .startsWith(
                        "column Amount should become bigint, but view raw.amounts depends on it: rows that do not fit into"
                                + " integer become dead letters; drop view raw.amounts, run ALTER TABLE \"raw\".\"visit\" ALTER COLUMN"
                                + " \"Amount\" TYPE bigint USING \"Amount\"::bigint; and create it again");

        fixture.target().execute("DROP VIEW raw.amounts");
        LoadResult widened = fixture.load("visit");

        assertThat(widened.reason()).isEqualTo("column Amount widened");
        assertThat(deadLetters()).containsExactly("7|22003|Amount|superseded", "8|22003|Amount|superseded");
        assertEqual();
    }

    @Test
    void aColumnDroppedInTheTargetIsFilledAgain() {
        fixture.load("visit");
        fixture.target().execute("ALTER TABLE raw.visit DROP COLUMN \"Note\"");

        assertThat(fixture.load("visit").reason()).isEqualTo("column Note added");
        assertEqual();
    }

    @Test
    void aTableDroppedInTheTargetIsLoadedAgain() {
        fixture.load("visit");
        fixture.target().execute("DROP TABLE raw.visit");

        assertThat(fixture.load("visit").reason()).isEqualTo("table created");
        assertEqual();
    }

    @Test
    void aTargetColumnDroppedWhileALoadRunsIsFilledAgain() throws Exception {
        fixture.load("visit");
        CompletableFuture<LoadResult> running = fullLoadThatIsUnderWay();
        fixture.target().execute("ALTER TABLE raw.visit DROP COLUMN \"Note\"");

        assertThat(running.get().outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.load("visit");
        assertEqual();
    }

    @Test
    void aReaderThatLocksTheTableCausesARetry() throws Exception {
        fixture.load("visit");
        fixture.source().execute("ALTER TABLE visit ADD Fee int NOT NULL DEFAULT 3");
        try (Connection reader = fixture.target().connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM raw.visit");
            CompletableFuture<LoadResult> blocked = CompletableFuture.supplyAsync(() -> fixture.load("visit"));
            Thread.sleep(2500);
            assertThat(blocked).isNotDone();
            assertThat(fixture.target().value("SELECT count(*) FROM raw.etl_schema_version"))
                    .isEqualTo("1");
            reader.rollback();

            assertThat(blocked.get().outcome()).isEqualTo(Outcome.SUCCESS);
        }
        assertEqual();
    }

    @Test
    void aFailedChangeOfTheSchemaIsRolledBack() throws SQLException {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.visit (\"Id\" int, \"Note\" text)",
                        "INSERT INTO raw.visit VALUES (1, 'x'), (1, 'y')");

        LoadResult failed = fixture.load("visit");

        assertThat(failed.failure().orElseThrow().message()).contains("HAVING count(*) > 1");
        assertThat(fixture.target()
                        .rows("SELECT attname FROM pg_attribute WHERE attrelid = 'raw.visit'::regclass AND attnum > 0"))
                .containsExactly("Id", "Note");
        assertThat(fixture.target().value("SELECT count(*) FROM raw.etl_schema_version"))
                .isEqualTo("0");
        assertThat(fixture.status("visit", "backfill")).isEqualTo("∅");
    }

    /** A load of 80 chunks with some committed and some to come; one that ended before it was seen is begun again. */
    private CompletableFuture<LoadResult> fullLoadThatIsUnderWay() throws Exception {
        try (Connection look = fixture.target().connect()) {
            while (true) {
                CompletableFuture<LoadResult> running =
                        CompletableFuture.supplyAsync(() -> fixture.load("visit", LoadRequest.Kind.FULL));
                while (!running.isDone()) {
                    if (Database.rows(look, HALF_WAY).equals(List.of("1"))) {
                        return running;
                    }
                    Thread.sleep(2);
                }
                assertThat(running.get().outcome()).isEqualTo(Outcome.SUCCESS);
            }
        }
    }

    private void createView() {
        fixture.target().execute("CREATE VIEW raw.visits AS SELECT \"Id\", \"Edited\" FROM raw.visit");
    }

    private void assertArrived(Drift drift) {
        assertThat(fixture.target()
                        .value("SELECT string_agg(c, '; ') FROM (SELECT jsonb_array_elements_text(changes) AS c"
                                + " FROM raw.etl_schema_version WHERE version > 1 ORDER BY version) v"))
                .matches(drift.recorded);
        assertThat(fixture.target()
                        .value("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid ="
                                + " 'raw.visit'::regclass AND attname = '" + drift.column + "'"))
                .isEqualTo(drift.type);
        assertEqual();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visits")).isEqualTo(ROWS);
    }

    private void assertEqual() {
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter WHERE state = 'open'"))
                .isZero();
    }

    private List<String> deadLetters() {
        return fixture.target()
                .rows("SELECT key->>'Id', sqlstate, column_name, state FROM raw.etl_dead_letter ORDER BY 1");
    }
}
