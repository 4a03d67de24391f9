package io.postgresloader.load.schema;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.KeyOrder;
import io.postgresloader.source.PageRead;
import io.postgresloader.source.PageReader;
import io.postgresloader.source.PageRequest;
import io.postgresloader.source.PageSize;
import io.postgresloader.source.RangeScan;
import io.postgresloader.sql.ExtractSql;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.target.TargetTable;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A table's definition and formats when a load begins.
 *
 * @param options the configured options
 * @param source what the source declares
 * @param key what identifies a row
 * @param rowFormat how rows are selected and encoded
 * @param keyFormat how keys are read and bound
 * @param folded the columns of the key that the target's unique index takes for equal in more than one spelling, with the
 *     operator
 * @param removal how rows that were deleted in the source are removed: {@code DELETE} or {@code MARK}
 * @param stamp the column of the row stamp; empty: its rows are not stamped
 */
public record PreparedTable(
        TableOptions options,
        SourceTable source,
        Key key,
        RowFormat rowFormat,
        KeyFormat keyFormat,
        Map<String, String> folded,
        DeletePolicy removal,
        Optional<String> stamp) {
    public PreparedTable {
        folded = Map.copyOf(folded);
    }

    public String name() {
        return source.name();
    }

    /** The same table, with another removal of rows that were deleted in the source. */
    PreparedTable removing(DeletePolicy other) {
        return new PreparedTable(options, source, key, rowFormat, keyFormat, folded, other, stamp);
    }

    /** Where its rows are in the target. */
    public TargetTable target(String schema) {
        return new TargetTable(schema, name(), source.columnNames(), key, folded, removal, stamp);
    }

    /** The column of the key arm: the key column, when the key is a single integer column. */
    public Optional<String> integerKey() {
        return keyFormat.integers() && key.columns().size() == 1
                ? Optional.of(key.columns().get(0))
                : Optional.empty();
    }

    /**
     * A page of the table's rows.
     *
     * @param selection which rows
     * @param lastKey the key behind which the page begins; {@link RowKey#NONE}: at the first row
     * @param limit the most rows that the source sends; empty: all
     * @param maxRows the most rows to take, at least 1
     * @param maxBytes the page ends with the row that reaches this many encoded bytes
     */
    public PageRequest page(Selection selection, RowKey lastKey, Optional<Integer> limit, int maxRows, long maxBytes) {
        return new PageRequest(inKeyOrder(selection, lastKey, limit, maxRows, maxBytes));
    }

    /**
     * The next page of a read of the table, in key order or as a range of keys.
     *
     * @param lastKey the key behind which the page begins; {@link RowKey#NONE}: at the first row
     * @param counted the rows behind it, if they were counted
     */
    public PageRequest page(Selection selection, RowKey lastKey, PageSize size, OptionalLong counted) {
        boolean rest = counted.isPresent() && counted.getAsLong() < size.rows();
        boolean whole = lastKey.isEmpty() && size.scansAll() && (rest || counted.isEmpty());
        if (!mayScan(selection) || !whole && !size.scansRange(counted.orElse(Long.MAX_VALUE))) {
            // Without a limit the source need not sort the rows of a selection.
            return page(
                    selection,
                    lastKey,
                    rest ? Optional.empty() : Optional.of(size.rows()),
                    size.rows(),
                    size.maxBytes());
        }
        Function<Optional<RowKey>, RangeScan> scan = end -> scan(selection, lastKey, end, size);
        return new PageRequest(
                whole || rest
                        ? scan.apply(Optional.empty())
                        : new RangeScan.End(extractSql().rangeEnd(after(lastKey), size.rangeRows()), keyFormat, scan));
    }

    private RangeScan scan(Selection selection, RowKey lastKey, Optional<RowKey> end, PageSize size) {
        return new RangeScan(
                extractSql().range(after(lastKey), end.map(keyFormat::parameters)),
                end,
                this::reader,
                size.maxBytes(),
                inKeyOrder(selection, lastKey, Optional.of(size.rows()), size.rows(), size.maxBytes()));
    }

    /** Whether pages may be ranges of keys that a scan finds: of all rows, if the key is one integer. */
    private boolean mayScan(Selection selection) {
        return selection instanceof Selection.All
                && integerKey()
                        .flatMap(source::column)
                        .filter(column ->
                                !(column.unsigned() && column.dataType().equals("bigint")))
                        .isPresent();
    }

    private PageRead inKeyOrder(
            Selection selection, RowKey lastKey, Optional<Integer> limit, int maxRows, long maxBytes) {
        return new KeyOrder(extractSql().page(selection, after(lastKey), limit), this::reader, maxRows, maxBytes);
    }

    private PageReader reader() {
        return new PageReader(name(), rowFormat, keyFormat);
    }

    /** All rows of a table without a key, in one page. */
    public PageRequest wholeTable() {
        return page(
                new Selection.All(),
                RowKey.NONE,
                Optional.empty(),
                Integer.MAX_VALUE,
                SourceTable.MOST_BYTES_WITHOUT_KEY);
    }

    /**
     * The rows with these keys.
     *
     * @param keys at least one, and not more than one statement can carry
     */
    public PageRequest rowsWith(List<RowKey> keys) {
        Selection selection =
                new Selection.Keys(keys.stream().map(keyFormat::parameters).toList());
        return page(selection, RowKey.NONE, Optional.empty(), keys.size() + 1, Long.MAX_VALUE);
    }

    /** The values that a statement binds to read behind a key; empty: at the first row. */
    public Optional<List<Object>> after(RowKey lastKey) {
        return lastKey.isEmpty() ? Optional.empty() : Optional.of(keyFormat.parameters(lastKey));
    }

    public ExtractSql extractSql() {
        List<String> names =
                source.columnNames().stream().map(Identifiers::mysql).toList();
        return new ExtractSql(source.name(), rowFormat.select(names), key.columns());
    }
}
