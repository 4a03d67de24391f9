package io.postgresloader.load.plan;

import io.postgresloader.model.Column;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which configured cursor columns can be used, and why the others cannot.
 *
 * @param usable columns that a watermark can be compared with
 * @param leftOut the reason for each of the others, as text
 */
public record Cursors(List<Cursor> usable, List<String> leftOut) {
    public Cursors {
        usable = List.copyOf(usable);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Checks only how the columns are declared. If none is configured and the loader may choose, it uses the columns
     * that the source sets on update.
     */
    static Cursors declared(TableOptions options, SourceTable table) {
        boolean choose = options.cursors().columns().isEmpty() && options.load().mode() == LoadMode.AUTO;
        return choose
                ? new Cursors(setOnUpdate(table), List.of())
                : configured(options.cursors().columns(), table);
    }

    private static List<Cursor> setOnUpdate(SourceTable table) {
        return table.columns().stream()
                .filter(Column::setOnUpdate)
                .flatMap(column -> CursorType.of(column).stream().map(type -> new Cursor(column.name(), type)))
                .toList();
    }

    private static Cursors configured(List<String> configured, SourceTable table) {
        List<Cursor> usable = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (String name : configured) {
            Optional<Column> column = table.column(name);
            Optional<CursorType> type = column.flatMap(CursorType::of);
            if (column.isEmpty()) {
                leftOut.add("cursor column " + name + " does not exist in the source");
            } else if (type.isEmpty()) {
                leftOut.add("cursor column " + name + " has the type "
                        + column.get().columnType() + ", not date, datetime or timestamp");
            } else {
                usable.add(new Cursor(column.get().name(), type.get()));
            }
        }
        return new Cursors(usable, leftOut);
    }

    /** Without the columns in which no row has a real date. */
    Cursors withValues(Predicate<Cursor> hasValue) {
        List<Cursor> filled = new ArrayList<>();
        List<String> reasons = new ArrayList<>(leftOut);
        for (Cursor cursor : usable) {
            if (hasValue.test(cursor)) {
                filled.add(cursor);
            } else {
                reasons.add("cursor column " + cursor.column() + " has no value inside the bounds");
            }
        }
        return new Cursors(filled, reasons);
    }
}
