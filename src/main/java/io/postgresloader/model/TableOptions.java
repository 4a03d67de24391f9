package io.postgresloader.model;

import java.time.Duration;
import java.util.List;

/**
 * The options of one table in {@code tables.yml}, including defaults.
 *
 * @param table the table's name in the source and in the target
 * @param primaryKey the key to upsert by; empty: the one the source declares
 * @param cursors the columns that show changes
 * @param load when and how the table is loaded
 * @param reconcile when the table is reconciled
 * @param deletes what happens to rows that were deleted in the source
 * @param columns how single columns are treated
 */
public record TableOptions(
        String table,
        List<String> primaryKey,
        CursorOptions cursors,
        LoadOptions load,
        ReconcileOptions reconcile,
        DeleteOptions deletes,
        ColumnOptions columns) {

    public TableOptions {
        primaryKey = List.copyOf(primaryKey);
    }

    /** The options of a table for which the file contains only the name. */
    public static TableOptions defaults(String table) {
        return new TableOptions(
                table,
                List.of(),
                CursorOptions.DEFAULT,
                LoadOptions.DEFAULT,
                ReconcileOptions.DEFAULT,
                DeleteOptions.DEFAULT,
                ColumnOptions.DEFAULT);
    }

    /** These options with another schedule. */
    public TableOptions every(Duration newSchedule) {
        return new TableOptions(table, primaryKey, cursors, load.every(newSchedule), reconcile, deletes, columns);
    }

    /** These options with another lookback. */
    public TableOptions lookingBack(Duration newLookback) {
        return new TableOptions(table, primaryKey, cursors.lookingBack(newLookback), load, reconcile, deletes, columns);
    }

    /** These options as a text that is always the same for the same options. Version 0.1.0 stored its hash. */
    public String stableText() {
        return OptionsText.of(this);
    }

    /**
     * The same text with the defaults of the options that change neither what a load reads nor how it stores the rows:
     * when loads and reconciles run, and when they stop. The target stores a hash of this text; with another hash the
     * next load looks into the table, even if the source has not changed it.
     */
    public String readText() {
        LoadOptions standard = LoadOptions.DEFAULT;
        return new TableOptions(
                        table,
                        primaryKey,
                        cursors,
                        new LoadOptions(
                                load.mode(),
                                standard.schedule(),
                                standard.skipUnchanged(),
                                standard.maxDeadLetterFraction()),
                        ReconcileOptions.DEFAULT,
                        new DeleteOptions(deletes.policy(), DeleteOptions.DEFAULT.maxFraction()),
                        columns)
                .stableText();
    }
}
