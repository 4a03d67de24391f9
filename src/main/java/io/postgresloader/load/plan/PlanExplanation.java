package io.postgresloader.load.plan;

import io.postgresloader.model.SchemaVersion;
import java.util.List;
import java.util.Optional;

/**
 * What the next load of a table would do.
 *
 * @param table the table
 * @param refusal why it would stop, and what to do; empty: it would load
 * @param columns the columns with their types on both sides; empty when it stops before they are known
 * @param excludedColumns columns that are left out
 * @param changes how the table differs from what it was, in words
 * @param statements what would be run on the target first
 * @param notes what people should know or do
 * @param read what would be read; empty when it would stop
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

    /** A table that stops before anything is known of it. */
    static PlanExplanation refused(String table, String refusal) {
        return new PlanExplanation(
                table, Optional.of(refusal), List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());
    }

    /**
     * The first page of the load.
     *
     * @param type full, incremental, append
     * @param reason why it is of that type
     * @param window which rows are read, one line for each arm of the predicate; empty: all
     * @param sql the statement
     * @param parameters the values of its markers, in order
     * @param estimatedRows how many rows the source's optimizer expects to look at for the whole load
     * @param index the index it would use; empty: none
     * @param warning what is wrong with that
     */
    public record Read(
            String type,
            String reason,
            List<String> window,
            String sql,
            List<Object> parameters,
            long estimatedRows,
            Optional<String> index,
            Optional<String> warning) {
        public Read {
            window = List.copyOf(window);
            parameters = List.copyOf(parameters);
        }
    }
}
