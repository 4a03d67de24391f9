package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadRequest.Kind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which rows are written stamps them, and only them; deleted rows are in the feed. */
class RowStampsIT {
    private static final String OPTIONS = "{incremental_columns: [Edited], skip_unchanged: false";

    private static final String COLUMNS = " (Id int NOT NULL PRIMARY KEY, Code int, Note varchar(20), Edited datetime)";

    /** What the clock of the target having been an hour ahead leaves behind. */
    private static final String AN_HOUR_AHEAD = "UPDATE raw.t SET _loaded_at = _loaded_at + interval '1 hour';"
            + " UPDATE raw.etl_load_status SET stamped_up_to = stamped_up_to + interval '1 hour' WHERE table_name = 't'";

    /** The tables of the single tests, by the test, with more options. */
    private static final Map<String, String> TABLES = Map.of(
            "back", "",
            "marked", ", deletes: mark",
            "replayed", ", max_dead_letter_fraction: 100%",
            "truncated", "",
            "dropped", "",
            "thinned", "",
            "adopted", ", loaded_at_column: written",
            "alone", "",
            "nulls", ", loaded_at_column: _loaded_at");

    private static LoaderFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new LoaderFixture();
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables(list());
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static String list() {
        StringBuilder list = new StringBuilder("keyless: {load: full, skip_unchanged: false}\n");
        TABLES.forEach((table, options) -> list.append(table + ": " + OPTIONS + options + "}\n"));
        cases().forEach(one -> list.append(one.table() + ": " + OPTIONS + one.options() + "}\n"));
        return list.toString();
    }

    /**
     * A change and what is stamped by the load after it; {@code t} in a statement is the table of the case.
     *
     * @param options more options of the table
     * @param source what changes in the source after the first load
     * @param target what changes in the target then
     * @param load what loads: the kind of a load, or {@code COMPARE} for a comparison and repair
     * @param stamped the rows that have a new stamp
     * @param feed the keys that are new in the deletes feed
     */
    private record Case(
            String name, String options, String source, String target, String load, String stamped, String feed) {
        String table() {
            return "of_" + name.replaceAll("\\W+", "_");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        String insert = "INSERT INTO t VALUES (4, 40, 'd', NOW())";
        String update = "UPDATE t SET Note = 'x', Edited = NOW() WHERE Id = 2";
        String delete = "DELETE FROM t WHERE Id = 2";
        return Stream.of(
                new Case("a new row, copied", "", insert, "", "DUE", "4", ""),
                new Case("a new row, merged", "", insert, "", "FULL", "4", ""),
                new Case("a new row by its key", ", load: append", insert, "", "DUE", "4", ""),
                new Case("an edited row", "", update, "", "DUE", "2", ""),
                new Case("nothing", "", "DO 1", "", "FULL", "", ""),
                new Case("a deleted row", "", delete, "", "COMPARE", "", "{\"Id\": \"2\"}"),
                new Case("a deleted row that is marked", ", deletes: mark", delete, "", "COMPARE", "2", ""),
                new Case("a deleted row that is kept", ", deletes: ignore", delete, "", "COMPARE", "", ""),
                new Case(
                        "a row that differs",
                        "",
                        "DO 1",
                        "UPDATE raw.t SET \"Note\" = 'y' WHERE \"Id\" = 3",
                        "COMPARE",
                        "3",
                        ""),
                new Case("a row that is missing", "", "DO 1", "DELETE FROM raw.t WHERE \"Id\" = 3", "COMPARE", "3", ""),
                new Case("a column more", "", "ALTER TABLE t ADD COLUMN More int DEFAULT 7", "", "DUE", "1,2,3", ""),
                new Case(
                        "swapped unique values",
                        "",
                        "UPDATE t SET Code = 30 - Code, Edited = NOW() WHERE Id < 3",
                        "ALTER TABLE raw.t ADD UNIQUE (\"Code\")",
                        "DUE",
                        "1,2",
                        ""),
                new Case("a clock that went back: new", "", insert, AN_HOUR_AHEAD, "DUE", "4", ""),
                new Case("a clock that went back: edited", "", update, AN_HOUR_AHEAD, "DUE", "2", ""),
                new Case(
                        "a clock that went back: deleted",
                        "",
                        delete,
                        AN_HOUR_AHEAD,
                        "COMPARE",
                        "",
                        "{\"Id\": \"2\"}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLoadStampsWhatItWrites(Case change) {
        String table = change.table();
        first(table);
        fixture.source().execute(change.source().replaceAll("\\bt\\b", table));
        fixture.target().execute("SELECT 1; " + change.target().replaceAll("\\bt\\b", table));
        String mine = mine(table);
        List<String> before = unstamped(table, mine);

        load(table, change.load());

        assertThat(stampedAfter(table, mine)).isEqualTo(change.stamped());
        assertThat(feedAfter(table, mine)).isEqualTo(change.feed());
        assertThat(before).as("rows that were not written").containsAll(unstamped(table, mine));
        assertThat(laterThanStampedUpTo(table)).isZero();
    }

    @Test
    void aRowThatComesBackIsLaterThanItsDelete() {
        first("back");
        fixture.source().execute("DELETE FROM back WHERE Id = 2");
        load("back", "COMPARE");
        fixture.source().execute("INSERT INTO back VALUES (2, 20, 'again', NOW())");

        load("back", "DUE");

        assertThat(fixture.target()
                        .value("SELECT v._loaded_at > d.deleted_at FROM raw.back v JOIN raw.etl_deleted_row d"
                                + " ON d.key ->> 'Id' = v.\"Id\"::text WHERE d.table_name = 'back'"))
                .isEqualTo("t");
    }

    @Test
    void aMarkedRowThatComesBackIsStamped() {
        first("marked");
        fixture.source().execute("DELETE FROM marked WHERE Id = 2");
        load("marked", "COMPARE");
        String mine = mine("marked");
        fixture.source().execute("INSERT INTO marked VALUES (2, 20, 'b', '2020-01-01')");

        load("marked", "COMPARE");

        assertThat(stampedAfter("marked", mine)).isEqualTo("2");
    }

    @Test
    void aReplayedRowIsStamped() {
        first("replayed");
        fixture.source().execute("INSERT INTO replayed VALUES (5, 50, CONCAT('bad', CHAR(0)), NOW())");
        load("replayed", "DUE");
        String mine = mine("replayed");
        fixture.source().execute("UPDATE replayed SET Note = 'good' WHERE Id = 5");

        load("replayed", "REPLAY");

        assertThat(stampedAfter("replayed", mine)).isEqualTo("5");
    }

    @Test
    void aTableWithoutAKeyNamesNoDeletedRow() {
        fixture.source()
                .execute("CREATE TABLE keyless (Id int) ENGINE=MyISAM", "INSERT INTO keyless VALUES (1), (2), (3)");
        load("keyless", "DUE");
        String mine = mine("keyless");
        fixture.source().execute("DELETE FROM keyless WHERE Id = 2", "INSERT INTO keyless VALUES (4)");

        load("keyless", "DUE");

        assertThat(stampedAfter("keyless", mine)).isEqualTo("4");
        assertThat(feedAfter("keyless", mine)).isEqualTo("∅");
        assertThat(laterThanStampedUpTo("keyless")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "truncated, TRUNCATE raw.truncated",
        "dropped,   DROP TABLE raw.dropped",
        "thinned,   DELETE FROM raw.thinned WHERE \"Id\" = 2; SELECT pg_stat_force_next_flush()"
    })
    void rowsThatAnotherProgramDeletesAreNotNamed(String table, String deleted) {
        first(table);
        String mine = mine(table);
        fixture.target().execute(deleted);

        load(table, "DUE");

        assertThat(feedAfter(table, mine)).isEqualTo("∅");
        assertThat(laterThanStampedUpTo(table)).isZero();
    }

    @Test
    void anAdoptedTableGetsTheColumnWithoutARewrite() {
        createSource("adopted");
        createTarget("adopted", "");
        fixture.target().execute("CREATE VIEW raw.seen AS SELECT * FROM raw.adopted");
        String files = files("adopted");

        load("adopted", "DUE");

        assertThat(files("adopted")).isEqualTo(files);
        assertThat(fixture.target().rows("SELECT \"Id\" FROM raw.seen ORDER BY 1"))
                .containsExactly("1", "2", "3");
        assertThat(fixture.target()
                        .rows("SELECT \"Id\", dense_rank() OVER (ORDER BY written), written <= stamped_up_to"
                                + " FROM raw.adopted, raw.etl_load_status WHERE table_name = 'adopted' ORDER BY 1"))
                .containsExactly("1|1|t", "2|1|t", "3|2|t");
    }

    @Test
    void anAdoptedTableIsLeftAloneUnlessItIsAskedFor() {
        createSource("alone");
        createTarget("alone", ", _loaded_at timestamptz");

        load("alone", "DUE");

        assertThat(fixture.target().count("SELECT count(_loaded_at) FROM raw.alone"))
                .isZero();
        assertThat(mine("alone")).isEqualTo("∅");
    }

    @Test
    void rowsWithoutAStampAreNamed() {
        createSource("nulls");
        createTarget("nulls", ", _loaded_at timestamptz");

        assertThat(fixture.load("nulls").failure().orElseThrow().message())
                .contains(
                        "table nulls: 2 rows have NULL in the column \"_loaded_at\"",
                        "run: UPDATE \"raw\".\"nulls\" SET");

        fixture.target().execute("UPDATE raw.nulls SET _loaded_at = '2200-01-01 00:00:00+00'");
        load("nulls", "DUE");
        assertThat(fixture.target().value("SELECT min(_loaded_at) < max(_loaded_at) FROM raw.nulls"))
                .as("stamps are later than those that were there")
                .isEqualTo("t");
        assertThat(laterThanStampedUpTo("nulls")).isZero();
    }

    @Test
    void aPurgedRowIsStamped() {
        try (LoaderFixture own = edited(", exclude_columns: [Note], purge_excluded: true")) {
            assertThat(own.target()
                            .rows("SELECT \"Id\", \"Note\", dense_rank() OVER (ORDER BY _loaded_at) FROM raw.visit"
                                    + " ORDER BY 1"))
                    .containsExactly("1|∅|2", "2|∅|2", "3|∅|2", "4|∅|1");
        }
    }

    @Test
    void offEndsTheStampsAndTheFeed() {
        try (LoaderFixture own = edited(", loaded_at_column: off")) {
            own.source()
                    .execute(
                            "DELETE FROM visit WHERE Id = 2",
                            "UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id = 3");
            own.load("visit");
            own.repair("visit");

            assertThat(own.status("visit", "stamped_up_to")).isEqualTo("∅");
            assertThat(own.target()
                            .rows("SELECT \"Id\", \"Note\", dense_rank() OVER (ORDER BY _loaded_at) FROM raw.visit"
                                    + " ORDER BY 1"))
                    .containsExactly("1|a|1", "3|x|1", "4|∅|1");
            assertThat(own.target().count("SELECT count(*) FROM raw.etl_deleted_row"))
                    .isZero();
        }
    }

    /** A table that was loaded, and then loaded again with another entry in the table list. */
    private static LoaderFixture edited(String options) {
        LoaderFixture own = new LoaderFixture();
        own.source().execute("CREATE TABLE visit" + COLUMNS, rows("visit"), "INSERT INTO visit (Id) VALUES (4)");
        own.tables("visit: " + OPTIONS + "}").load("visit");
        LoadResult again = own.tables("visit: " + OPTIONS + options + "}").load("visit");
        assertThat(again.outcome()).as(again.toString()).isEqualTo(Outcome.SUCCESS);
        return own;
    }

    private static void createSource(String table) {
        fixture.source().execute("CREATE TABLE " + table + COLUMNS + " ENGINE=MyISAM", rows(table));
    }

    private static String rows(String table) {
        return "INSERT INTO " + table + " VALUES (1, 10, 'a', '2020-01-01'), (2, 20, 'b', '2020-01-01'),"
                + " (3, 30, 'c', '2020-01-01')";
    }

    /** The table of another loader, with two of the rows. */
    private static void createTarget(String table, String column) {
        fixture.target()
                .execute(
                        "CREATE TABLE raw." + table + " (\"Id\" int PRIMARY KEY, \"Code\" int, \"Note\" varchar(20),"
                                + " \"Edited\" timestamp" + column + ")",
                        "INSERT INTO raw." + table + " VALUES (1, 10, 'a', '2020-01-01'), (2, 20, 'b', '2020-01-01')");
    }

    private static void first(String table) {
        createSource(table);
        load(table, "DUE");
        assertThat(fixture.target().value("SELECT count(DISTINCT _loaded_at) FROM raw." + table))
                .isEqualTo("1");
    }

    private static void load(String table, String how) {
        if (how.equals("COMPARE")) {
            fixture.repair(table);
            return;
        }
        LoadResult result = fixture.loader().load(new LoadRequest(table, Kind.valueOf(how), true));
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
    }

    private static String files(String table) {
        return fixture.target().value("SELECT relfilenode FROM pg_class WHERE oid = 'raw." + table + "'::regclass");
    }

    private static String mine(String table) {
        return fixture.status(table, "stamped_up_to");
    }

    private static String stampedAfter(String table, String mine) {
        return fixture.target()
                .value("SELECT coalesce(string_agg(\"Id\"::text, ',' ORDER BY \"Id\"), '') FROM raw." + table
                        + " WHERE _loaded_at > '" + mine + "'");
    }

    /** The rows of old stamps, each with its place: a row that was written has another one. */
    private static List<String> unstamped(String table, String mine) {
        return fixture.target().rows("SELECT \"Id\", ctid FROM raw." + table + " WHERE _loaded_at <= '" + mine + "'");
    }

    private static String feedAfter(String table, String mine) {
        return String.join(
                ",",
                fixture.target()
                        .rows("SELECT key FROM raw.etl_deleted_row WHERE table_name = '" + table
                                + "' AND deleted_at > '" + mine + "'"));
    }

    private static long laterThanStampedUpTo(String table) {
        return fixture.target()
                .count("SELECT count(*) FROM (SELECT _loaded_at FROM raw." + table + " UNION ALL SELECT deleted_at"
                        + " FROM raw.etl_deleted_row WHERE table_name = '" + table + "') s WHERE _loaded_at >"
                        + " (SELECT stamped_up_to FROM raw.etl_load_status WHERE table_name = '" + table + "')");
    }
}
