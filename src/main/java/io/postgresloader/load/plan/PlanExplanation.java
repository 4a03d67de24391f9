package io.postgresloader.load.plan;

import io.postgresloader.model.SchemaVersion;
import java.util.List;
import java.util.Optional;

/**
 * What the next load of a table would do.
 *
 * @param table the table
 * @param refusal why the load would fail, and how to fix it; empty when it would not
 * @param columns the columns with their types on both sides; empty when the load fails before they are known
 * @param excludedColumns the columns that are not loaded
 * @param changes descriptions of how the table differs from the last load
 * @param statements the statements that would run on the target first
 * @param notes what the operator should know or do
 * @param read what would be read; empty when the load would fail
 */
public record PlanExplanation(
        String table,
        Optional<String> refusal,
        List<SchemaVersion.LoadedColumn> columns,
        List<String> excludedColumns,
        List<String> changes,
        List<String> statements,
        List<String> notes,
        Optional<Read> read) {
    public PlanExplanation {
        columns = List.copyOf(columns);
        excludedColumns = List.copyOf(excludedColumns);
        changes = List.copyOf(changes);
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }

    /** A load that fails before the table's definition is known. */
    static PlanExplanation failing(String table, String refusal) {
        return new PlanExplanation(
                table, Optional.of(refusal), List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());
    }

    /**
     * The first page of the load.
     *
     * @param type full, incremental, append
     * @param reason why it is of that type
     * @param window which rows are read, one line for each arm of the predicate; empty: all
     * @param readsAgain what of these rows an earlier load has read, and why
     * @param sql the statement
     * @param parameters the values of its markers, in order
     * @param estimatedRows how many rows the source's optimizer expects to look at for the whole load
     * @param index the index it would use; empty: none
     * @param warning why the read would be slow; empty when it would not
     */
    public record Read(
            String type,
            String reason,
            List<String> window,
            List<ReadAgain> readsAgain,
            String sql,
            List<Object> parameters,
            long estimatedRows,
            Optional<String> index,
            Optional<String> warning) {
        public Read {
            window = List.copyOf(window);
            readsAgain = List.copyOf(readsAgain);
            parameters = List.copyOf(parameters);
        }
    }
}
