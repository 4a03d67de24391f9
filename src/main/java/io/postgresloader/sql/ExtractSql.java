package io.postgresloader.sql;

import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Selection;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that read a source table. The count and the page share one predicate, to the letter.
 *
 * <p>A worked example, {@code adjustment} with two cursor columns, watermark 10:00 UTC (03:00 on the server's wall
 * clock), lookback five minutes, greatest safe key 700:
 *
 * <pre>
 * ((`SecDateTEdit` &gt;= '09:55' AND `SecDateTEdit` &lt; '2031-01-01')   -- TIMESTAMP: UTC
 *   OR (`ProcDate` &gt;= '02:55'   AND `ProcDate`     &lt; '2031-01-01')   -- DATETIME: wall clock
 *   OR `AdjNum` &gt; 700)                                              -- the key arm
 *
 * AdjNum | SecDateTEdit | ProcDate   | read?
 *    12  | 09:58        | 2019-04-01 | yes: within the lookback, perhaps committed late
 *    13  | 08:00        | 9999-12-31 | no: no practice works in that year, and it would be read for ever
 *   701  | 0001-01-01   | 0001-01-01 | yes: a new key needs no dates
 * </pre>
 *
 * @param table the source table
 * @param selected one select expression for each column, in order
 * @param keyColumns the key, in order; none: the table is read as a whole
 */
public record ExtractSql(String table, List<String> selected, List<String> keyColumns) {

    /** How many rows the selection has behind {@code after}. */
    public BoundSql count(Selection selection, Optional<List<Object>> after) {
        return BoundSql.of("SELECT COUNT(*) FROM " + Identifiers.mysql(table)).plus(where(selection, after));
    }

    /** How many rows the selection has, not counting those whose integer key came later than {@code greatest}. */
    public BoundSql countUpTo(Selection selection, BigInteger greatest) {
        String keyword = where(selection, Optional.empty()).text().isEmpty() ? " WHERE " : " AND ";
        return count(selection, Optional.empty())
                .plus(BoundSql.of(keyword + Identifiers.mysql(keyColumns.get(0)) + " <= ?", greatest));
    }

    /**
     * The next rows of the selection, in key order.
     *
     * @param after the key values of the last row that was read, typed like the key's columns; empty at the start
     * @param limit the most rows to return; empty: the selection is known to be small, and without a LIMIT the
     *     optimizer has no reason to walk the whole key instead of the cursors' indexes
     */
    public BoundSql page(Selection selection, Optional<List<Object>> after, Optional<Integer> limit) {
        String text = "SELECT " + String.join(", ", selected) + " FROM " + Identifiers.mysql(table);
        String order = keyColumns.isEmpty() ? "" : " ORDER BY " + Identifiers.mysqlList(keyColumns);
        String tail = order + limit.map(n -> " LIMIT " + n).orElse("");
        return BoundSql.of(text).plus(where(selection, after)).plus(BoundSql.of(tail));
    }

    /**
     * The key of the row that is so many rows behind {@code after}, from the key's index alone; no row if fewer are left.
     * For a key of one column.
     */
    public BoundSql rangeEnd(Optional<List<Object>> after, int rows) {
        String column = Identifiers.mysql(keyColumns.get(0));
        return BoundSql.of("SELECT " + column + " FROM " + Identifiers.mysql(table))
                .plus(where(new Selection.All(), after))
                .plus(BoundSql.of(" ORDER BY " + column + " LIMIT 1 OFFSET " + (rows - 1)));
    }

    /**
     * All rows behind {@code after} and up to {@code end}, found by a scan of the table, in any order. For a key of one
     * column. With MyISAM a scan reads many rows at a time; by the key it costs three system calls for each row.
     */
    public BoundSql range(Optional<List<Object>> after, Optional<List<Object>> end) {
        List<BoundSql> conditions = new ArrayList<>();
        after.map(this::behind).ifPresent(conditions::add);
        end.ifPresent(key -> conditions.add(BoundSql.of(Identifiers.mysql(keyColumns.get(0)) + " <= ?", key.get(0))));
        BoundSql scan = BoundSql.of(
                "SELECT " + String.join(", ", selected) + " FROM " + Identifiers.mysql(table) + " USE INDEX ()");
        return conditions.isEmpty() ? scan : scan.plus(BoundSql.of(" WHERE ")).plus(BoundSql.join(" AND ", conditions));
    }

    private BoundSql where(Selection selection, Optional<List<Object>> after) {
        List<BoundSql> conditions = new ArrayList<>();
        predicate(selection).ifPresent(conditions::add);
        after.map(this::behind).ifPresent(conditions::add);
        return conditions.isEmpty() ? BoundSql.of("") : BoundSql.of(" WHERE ").plus(BoundSql.join(" AND ", conditions));
    }

    private Optional<BoundSql> predicate(Selection selection) {
        if (selection instanceof Selection.Changed changed) {
            return Optional.of(changed(changed));
        }
        if (selection instanceof Selection.Keys keys) {
            return Optional.of(BoundSql.join(
                            " OR ", keys.keys().stream().map(this::equalTo).toList())
                    .inParentheses());
        }
        return Optional.empty();
    }

    private static BoundSql changed(Selection.Changed changed) {
        List<BoundSql> arms = new ArrayList<>();
        if (!changed.ranges().isEmpty()) {
            List<BoundSql> ranges =
                    changed.ranges().stream().map(ExtractSql::range).toList();
            BoundSql joined = BoundSql.join(changed.logic() == CursorLogic.AND ? " AND " : " OR ", ranges);
            arms.add(changed.logic() == CursorLogic.AND ? joined.inParentheses() : joined);
        }
        changed.newKeys()
                .ifPresent(above -> arms.add(BoundSql.of(Identifiers.mysql(above.column()) + " > ?", above.key())));
        return BoundSql.join(" OR ", arms).inParentheses();
    }

    private static BoundSql range(Selection.CursorRange range) {
        String column = Identifiers.mysql(range.cursor().column());
        String text = "(" + column + " >= ? AND " + column + " < ?)";
        return range.cursor().type() == CursorType.DATE
                ? BoundSql.of(text, range.from().toLocalDate(), range.before().toLocalDate())
                : BoundSql.of(text, range.from(), range.before());
    }

    /** Written out as {@code a > ? OR (a = ? AND b > ?)}: the row form {@code (a, b) > (?, ?)} scans the whole index. */
    private BoundSql behind(List<Object> key) {
        List<BoundSql> arms = new ArrayList<>();
        for (int last = 0; last < keyColumns.size(); last++) {
            List<BoundSql> parts = new ArrayList<>();
            for (int i = 0; i < last; i++) {
                parts.add(BoundSql.of(Identifiers.mysql(keyColumns.get(i)) + " = ?", key.get(i)));
            }
            parts.add(BoundSql.of(Identifiers.mysql(keyColumns.get(last)) + " > ?", key.get(last)));
            BoundSql arm = BoundSql.join(" AND ", parts);
            arms.add(parts.size() > 1 ? arm.inParentheses() : arm);
        }
        return BoundSql.join(" OR ", arms).inParentheses();
    }

    private BoundSql equalTo(List<Object> key) {
        List<BoundSql> parts = new ArrayList<>();
        for (int i = 0; i < keyColumns.size(); i++) {
            parts.add(BoundSql.of(Identifiers.mysql(keyColumns.get(i)) + " = ?", key.get(i)));
        }
        return BoundSql.join(" AND ", parts).inParentheses();
    }
}
