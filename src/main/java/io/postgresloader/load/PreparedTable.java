package io.postgresloader.load;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.Page;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.PageReader;
import io.postgresloader.source.SourceRows;
import io.postgresloader.sql.ExtractSql;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.target.TargetTable;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table as it stands when a load begins.
 *
 * @param options what was configured
 * @param source what the source declares
 * @param key what identifies a row
 * @param rowFormat how rows are selected and encoded
 * @param keyFormat how keys are read and bound
 * @param removal how rows that were deleted in the source are removed: {@code DELETE} or {@code MARK}
 */
public record PreparedTable(
        TableOptions options,
        SourceTable source,
        Key key,
        RowFormat rowFormat,
        KeyFormat keyFormat,
        DeletePolicy removal) {

    public String name() {
        return source.name();
    }

    /** Where its rows are in the target. */
    public TargetTable target(String schema) {
        return new TargetTable(schema, name(), source.columnNames(), key, removal);
    }

    /** The column of a key arm: the key, when it is a single integer. */
    public Optional<String> integerKey() {
        return keyFormat.integers() && key.columns().size() == 1
                ? Optional.of(key.columns().get(0))
                : Optional.empty();
    }

    /** Whether loads of the table see rows that were edited; otherwise only a comparison does. */
    public boolean showsEdits() {
        return LoadChoice.of(
                        options,
                        source,
                        Cursors.declared(options, source).usable(),
                        integerKey().isPresent())
                .showsEdits();
    }

    /**
     * The rows with these keys as the source has them now.
     *
     * @param keys in text form; at least one, and not more than one statement can carry
     */
    public Page rowsWith(List<List<String>> keys, SourceRows rows) throws SQLException {
        Selection selection =
                new Selection.Keys(keys.stream().map(keyFormat::parameters).toList());
        return rows.read(
                extractSql().page(selection, Optional.empty(), Optional.empty()),
                new PageReader(name(), rowFormat, keyFormat),
                keys.size() + 1,
                Long.MAX_VALUE);
    }

    public ExtractSql extractSql() {
        List<String> names = source.columnNames();
        List<String> selected = IntStream.range(0, names.size())
                .mapToObj(i -> rowFormat.select(i, Identifiers.mysql(names.get(i))))
                .toList();
        return new ExtractSql(source.name(), selected, key.columns());
    }
}
