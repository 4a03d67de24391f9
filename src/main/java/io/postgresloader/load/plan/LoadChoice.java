package io.postgresloader.load.plan;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a table that was loaded before is kept up to date.
 *
 * @param mode what each load reads; never {@link LoadMode#AUTO}
 * @param reason why, as text
 * @param showsEdits whether such a load sees rows that were edited; otherwise only a comparison does
 */
public record LoadChoice(LoadMode mode, String reason, boolean showsEdits) {
    /**
     * The rows that a load reads.
     *
     * @param type what kind of load it is
     * @param reason why, as text
     */
    record Rows(LoadType type, String reason, Selection selection) {}

    /** @param cursors the cursor columns that can be used now, which excludes those without values */
    static LoadChoice of(PreparedTable table, Cursors cursors) {
        return of(
                table.options(),
                table.source(),
                cursors.usable(),
                table.integerKey().isPresent());
    }

    /** Whether a load that selects these changes sees rows that were edited, and not only new rows. */
    static boolean showsEdits(SourceTable source, CursorLogic logic, List<Cursor> cursors) {
        boolean entryOnly = cursors.stream().allMatch(cursor -> showsEntry(source, cursor));
        return !entryOnly && logic == CursorLogic.OR;
    }

    /**
     * @param cursors the cursor columns that can be used now
     * @param integerKey whether the key is one integer, by which new rows are found
     */
    static LoadChoice of(TableOptions options, SourceTable source, List<Cursor> cursors, boolean integerKey) {
        return switch (options.load().mode()) {
            case FULL -> new LoadChoice(LoadMode.FULL, "configured", true);
            case APPEND -> newKeys(integerKey);
            case INCREMENTAL -> cursors.isEmpty() ? newKeys(integerKey) : changed(options, source, cursors);
            case AUTO -> auto(options, source, cursors, integerKey);
        };
    }

    private static LoadChoice auto(TableOptions options, SourceTable source, List<Cursor> cursors, boolean integerKey) {
        if (!cursors.isEmpty()) {
            return changed(options, source, cursors);
        }
        if (source.small()) {
            return new LoadChoice(LoadMode.FULL, "small, and no column shows edits", true);
        }
        return newKeys(integerKey);
    }

    private static LoadChoice newKeys(boolean integerKey) {
        return integerKey
                ? new LoadChoice(LoadMode.APPEND, "new keys only", false)
                : new LoadChoice(LoadMode.FULL, "no integer key and no usable cursor column", true);
    }

    private static LoadChoice changed(TableOptions options, SourceTable source, List<Cursor> cursors) {
        boolean and = options.cursors().logic() == CursorLogic.AND;
        boolean entryOnly = cursors.stream().allMatch(cursor -> showsEntry(source, cursor));
        String columns = cursors.stream().map(Cursor::column).collect(Collectors.joining(and ? " and " : " or "));
        String limits = and ? " (and_logic misses rows whose columns change in different cycles)" : "";
        return new LoadChoice(
                LoadMode.INCREMENTAL,
                "changed by " + columns + limits + (entryOnly ? " (set on entry: edits do not show)" : ""),
                showsEdits(source, options.cursors().logic(), cursors));
    }

    /** OpenDental names columns that are set once, when the row is entered, so: SecDateTEntry, DateTimeEntry. */
    private static boolean showsEntry(SourceTable source, Cursor cursor) {
        boolean namedSo = cursor.column().toLowerCase(Locale.ROOT).contains("entry");
        return namedSo && !source.column(cursor.column()).orElseThrow().setOnUpdate();
    }
}
