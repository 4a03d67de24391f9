package io.postgresloader.sql;

import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Selection;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GeneratedSqlTest {
    private static final LocalDateTime UTC = LocalDateTime.parse("2026-11-23T09:55:00");
    private static final LocalDateTime WALL = LocalDateTime.parse("2026-11-23T02:55:00");
    private static final LocalDateTime END = LocalDateTime.parse("2031-01-01T00:00:00");

    private static final List<Selection.CursorRange> RANGES = List.of(
            new Selection.CursorRange(new Cursor("SecDateTEdit", CursorType.TIMESTAMP), UTC, END),
            new Selection.CursorRange(new Cursor("Proc`Date", CursorType.DATETIME), WALL, END),
            new Selection.CursorRange(new Cursor("AdjDate", CursorType.DATE), WALL.minusDays(1), END));
    private static final Optional<Selection.KeyAbove> NEW_KEYS =
            Optional.of(new Selection.KeyAbove("AdjNum", BigInteger.valueOf(700)));

    private static final ExtractSql SINGLE =
            new ExtractSql("adjustment", List.of("`AdjNum`", "`Amt` - 0e0"), List.of("AdjNum"));
    private static final ExtractSql COMPOSITE =
            new ExtractSql("odd`name", List.of("`a`", "`b`", "`c`"), List.of("a", "b", "c"));

    @Test
    void aTargetTableIsMadeToFit() {
        SchemaSql sql = new SchemaSql("raw", "odd\"name");
        Map<String, String> types = new LinkedHashMap<>();
        types.put("a", "integer");
        types.put("b\"; DROP TABLE x; --", "timestamp(6)");
        List<String> key = List.of("a", "b\"; DROP TABLE x; --");

        Golden.assertMatches(
                "schema",
                String.join(
                                ";\n",
                                sql.create(types, key, Optional.empty()),
                                sql.create(types, key, Optional.of("odd\"at")),
                                sql.addStamp("odd\"at"),
                                sql.stampByDefault("odd\"at"),
                                sql.addColumn("Fee", "numeric(8,2)"),
                                sql.changeType("Fee", "numeric", "\"Fee\"::numeric"),
                                sql.renameColumn("a", "A"),
                                sql.dropNotNull("extra"),
                                sql.dropExpression("Fee"),
                                sql.identityByDefault("a"),
                                sql.uniqueIndex(key),
                                sql.duplicates(key),
                                sql.checkAtOnce("odd\"name_pkey", true, key),
                                sql.checkAtOnce("odd\"key", false, key),
                                sql.replicaIdentity("odd\"name_a_idx"),
                                sql.replicaIdentity(null),
                                sql.noForceRowSecurity(),
                                sql.bypassRowSecurity("odd\"user"))
                        + ";\n");
    }

    @Test
    void exchangesRowsThatSwapUniqueValues() {
        ConflictSql sql = new ConflictSql(
                new SqlTable("raw", "odd\"name", List.of("a", "b\"; --", "c"), List.of("a", "b\"; --"), false));

        Golden.assertMatches(
                "conflict",
                String.join(
                                ";\n",
                                sql.watched(),
                                sql.unstage(),
                                sql.keepReplaced(),
                                sql.takeOut(),
                                sql.otherColumns(),
                                sql.putBack(List.of("mine", "Fee\"")),
                                sql.dropReplaced())
                        + ";\n");
    }

    @Test
    void everythingIsCountedAndPagedInKeyOrder() {
        Golden.assertMatches("extract-all", extract(SINGLE, new Selection.All(), List.of(BigInteger.TEN)));
    }

    @Test
    void aNameThatReadsLikeSqlChangesNothing() {
        Golden.assertMatches(
                "extract-odd-names",
                extract(
                        new ExtractSql("a WHERE `b`", List.of("`k ?`"), List.of("k ?")),
                        new Selection.All(),
                        List.of(BigInteger.TEN)));
    }

    @Test
    void withoutAKeyArmOnlyTheCursorsSelect() {
        Golden.assertMatches(
                "extract-or-cursors-only",
                extract(
                        SINGLE,
                        new Selection.Changed(RANGES, CursorLogic.OR, Optional.empty()),
                        List.of(BigInteger.TEN)));
        Golden.assertMatches(
                "extract-and-cursors-only",
                extract(
                        SINGLE,
                        new Selection.Changed(RANGES, CursorLogic.AND, Optional.empty()),
                        List.of(BigInteger.TEN)));
    }

    @Test
    void changedRowsAreThoseOfAnyCursorOrOfANewKey() {
        Golden.assertMatches(
                "extract-or",
                extract(SINGLE, new Selection.Changed(RANGES, CursorLogic.OR, NEW_KEYS), List.of(BigInteger.TEN)));
    }

    @Test
    void changedRowsAreThoseOfAllCursorsOrOfANewKey() {
        Golden.assertMatches(
                "extract-and",
                extract(SINGLE, new Selection.Changed(RANGES, CursorLogic.AND, NEW_KEYS), List.of(BigInteger.TEN)));
    }

    @Test
    void newKeysAloneNeedNoCursor() {
        Golden.assertMatches(
                "extract-append",
                extract(SINGLE, new Selection.Changed(List.of(), CursorLogic.OR, NEW_KEYS), List.of(BigInteger.TEN)));
    }

    @Test
    void aCompositeKeyIsPagedByExpandedComparison() {
        Golden.assertMatches(
                "extract-composite",
                extract(
                        COMPOSITE,
                        new Selection.Changed(RANGES.subList(0, 1), CursorLogic.OR, Optional.empty()),
                        List.of(BigInteger.ONE, "x", "2020-01-01")));
    }

    @Test
    void rowsAreReadByTheirKeys() {
        Golden.assertMatches(
                "extract-keys",
                extract(
                        COMPOSITE,
                        new Selection.Keys(List.of(List.of(1, "x", "2020-01-01"), List.of(2, "y", "2020-01-02"))),
                        List.of(BigInteger.ONE, "x", "2020-01-01")));
    }

    @Test
    void samplesAreReadInRunsOrFromTheBeginning() {
        SampleSql sql = new SampleSql("odd`name", List.of("SecDateTEdit", "Odd`Date"));
        List<BigInteger> starts = List.of(BigInteger.ONE, BigInteger.valueOf(50));
        Golden.assertMatches(
                "sample",
                String.join(
                        "\n",
                        "-- runs of neighbours",
                        text(sql.runs("AdjNum", starts, 100)),
                        "-- the first rows by key",
                        text(sql.first(Optional.of("AdjNum"), Optional.of(2000))),
                        "-- every row, in any order",
                        text(sql.first(Optional.empty(), Optional.empty())),
                        ""));
    }

    @Test
    void upsertsOfASingleKey() {
        Golden.assertMatches(
                "upsert-single",
                upsert(new SqlTable(
                        "raw", "adjustment", List.of("AdjNum", "AdjAmt", "Odd\"Name"), List.of("AdjNum"), false)));
    }

    @Test
    void upsertsOfACompositeKey() {
        Golden.assertMatches(
                "upsert-composite", upsert(new SqlTable("raw", "t", List.of("v", "a", "b"), List.of("a", "b"), false)));
    }

    @Test
    void upsertsOfAKeyThatIgnoresCase() {
        Golden.assertMatches(
                "upsert-folded",
                upsert(new SqlTable(
                        "raw",
                        "t",
                        List.of("v", "a", "b"),
                        List.of("a", "b"),
                        Map.of("a", "OPERATOR(public.=)"),
                        false,
                        Optional.empty())));
    }

    @Test
    void findsKeysThatTheTargetTakesForOne() {
        SqlTable table = new SqlTable(
                "raw",
                "t",
                List.of("v", "a", "b"),
                List.of("a", "b"),
                Map.of("a", "OPERATOR(public.=)"),
                false,
                Optional.empty());

        Golden.assertMatches("spellings", new SpellingSql(table).others() + ";\n");
    }

    @Test
    void upsertsOfATableThatIsAllKey() {
        Golden.assertMatches(
                "upsert-key-only", upsert(new SqlTable("raw", "link", List.of("a", "b"), List.of("a", "b"), false)));
    }

    @Test
    void upsertsOfATableThatMarksRows() {
        Golden.assertMatches(
                "upsert-marking", upsert(new SqlTable("raw", "link", List.of("a", "b"), List.of("a", "b"), true)));
    }

    @Test
    void upsertsOfATableWithStampedRows() {
        SqlTable table = new SqlTable("raw", "t", List.of("v", "a", "b"), List.of("a", "b"), true);
        Golden.assertMatches("upsert-stamped", upsert(table.stampedIn("at\"")));
    }

    @Test
    void upsertsOfAStampedTableThatIsAllKey() {
        SqlTable table = new SqlTable("raw", "link", List.of("a", "b"), List.of("a", "b"), false);
        Golden.assertMatches("upsert-stamped-key-only", upsert(table.stampedIn("_loaded_at")));
    }

    @Test
    void deletesOfATableWithStampedRows() {
        SqlTable table = new SqlTable("raw", "odd\"name's", List.of("v", "a\"'", "b"), List.of("a\"'", "b"), false);
        SqlTable marking = new SqlTable("raw", "link", List.of("a", "b"), List.of("a"), true);
        Golden.assertMatches(
                "delete-stamped",
                String.join(
                        "\n",
                        "-- deleted, with the keys for the feed",
                        new DeleteSql(table.stampedIn("_loaded_at")).remove(2) + ";",
                        "-- marked",
                        new DeleteSql(marking.stampedIn("at\"")).remove(1) + ";",
                        "-- a table without a key",
                        new ReplaceSql(new SqlTable("raw", "note", List.of("A"), List.of(), false).stampedIn("at\""))
                                        .replace()
                                + ";",
                        ""));
    }

    @Test
    void comparesAndDeletesByCompositeKey() {
        Golden.assertMatches(
                "compare-composite",
                compare(new SqlTable("raw", "odd\"name", List.of("v", "a", "b"), List.of("a", "b"), false)));
    }

    @Test
    void comparesAndDeletesInATableThatMarksRows() {
        SqlTable table = new SqlTable("raw", "link", List.of("a", "Fee\""), List.of("a"), true);
        Golden.assertMatches(
                "compare-marking",
                compare(table) + "-- count up to a key\n" + new CompareSql(table).countUpTo() + ";\n");
    }

    @Test
    void rangesOfKeysThatAScanFinds() {
        ExtractSql sql = new ExtractSql("odd`name", List.of("`Id`", "`Amt` - 0e0"), List.of("Id"));
        Optional<List<Object>> after = Optional.of(List.of(BigInteger.TEN));
        Optional<List<Object>> end = Optional.of(List.of(BigInteger.TWO.pow(40)));
        Golden.assertMatches(
                "extract-ranges",
                String.join(
                        "\n",
                        "-- the end of the first range",
                        text(sql.rangeEnd(Optional.empty(), 500_000)),
                        "-- the end of another range",
                        text(sql.rangeEnd(after, 500_000)),
                        "-- all rows",
                        text(sql.range(Optional.empty(), Optional.empty())),
                        "-- the first range",
                        text(sql.range(Optional.empty(), end)),
                        "-- another range",
                        text(sql.range(after, end)),
                        "-- the last range",
                        text(sql.range(after, Optional.empty())),
                        ""));
    }

    @Test
    void replacementOfATableWithoutAKey() {
        ReplaceSql sql = new ReplaceSql(new SqlTable("raw", "note", List.of("A", "b\"c"), List.of(), false));
        Golden.assertMatches(
                "replace",
                String.join(
                        "\n",
                        "-- all rows",
                        text(new ExtractSql("note", List.of("`A`", "`b\"c`"), List.of())
                                .page(new Selection.All(), Optional.empty(), Optional.empty())),
                        "-- the table",
                        new SchemaSql("raw", "note").create(Map.of("A", "integer"), List.of(), Optional.empty()) + ";",
                        "-- replaced where it differs from the stage",
                        sql.replace() + ";",
                        "-- compared with the stage",
                        sql.compare() + ";",
                        ""));
    }

    private static String extract(ExtractSql sql, Selection selection, List<Object> after) {
        return String.join(
                "\n",
                "-- count",
                text(sql.count(selection, Optional.empty())),
                "-- count behind a bookmark",
                text(sql.count(selection, Optional.of(after))),
                "-- count again, without later keys",
                text(sql.countUpTo(selection, BigInteger.valueOf(900))),
                "-- first page",
                text(sql.page(selection, Optional.empty(), Optional.of(200_000))),
                "-- page behind a key",
                text(sql.page(selection, Optional.of(after), Optional.of(200_000))),
                "-- page of a selection that is known to be small",
                text(sql.page(selection, Optional.empty(), Optional.empty())),
                "");
    }

    private static String text(BoundSql sql) {
        return sql.text() + ";\n--   parameters: "
                + sql.parameters().stream()
                        .map(p -> p.getClass().getSimpleName() + " " + p)
                        .toList();
    }

    private static String compare(SqlTable table) {
        CompareSql sql = new CompareSql(table);
        return String.join(
                "\n",
                "-- count",
                sql.count() + ";",
                "-- rows in key order",
                sql.copyOut() + ";",
                "-- staged rows that differ",
                sql.differences() + ";",
                "-- keys that only the target has",
                sql.createKeys() + ";",
                sql.keepStagedKeys() + ";",
                sql.keysBeyondKept() + ";",
                "-- some keys",
                sql.keysAmong(1) + ";",
                sql.keysAmong(2) + ";",
                "-- deleted or marked",
                new DeleteSql(table).remove(2) + ";",
                "");
    }

    private static String upsert(SqlTable table) {
        UpsertSql sql = new UpsertSql(table);
        StageSql stage = new StageSql(table);
        return String.join(
                "\n",
                "-- any row",
                sql.anyRow() + ";",
                "-- any row from a key on",
                sql.anyRowFrom() + ";",
                "-- straight into the table",
                sql.copyIntoTable() + ";",
                "-- by way of the stage",
                stage.create() + ";",
                stage.copyInto() + ";",
                sql.merge() + ";",
                "-- a part of the stage, to find a bad row",
                stage.rows() + ";",
                sql.mergeRange() + ";",
                "-- what triggers changed",
                sql.altered() + ";",
                stage.drop() + ";",
                "");
    }
}
