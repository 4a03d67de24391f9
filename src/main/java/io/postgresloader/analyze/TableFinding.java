package io.postgresloader.analyze;

import io.postgresloader.model.Key;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import java.util.List;
import java.util.Optional;

/**
 * The result of the analysis of a table.
 *
 * @param key the key for upserts; {@link Key#NONE} if the source declares none
 * @param columns all date and time columns, the most useful first
 * @param cursors the cursor columns, at most three
 * @param mode what each load reads; never {@link LoadMode#AUTO}
 * @param reason the reason for the mode, as text
 * @param remarks further facts that users should know
 * @param sampled whether rows were sampled; otherwise the decision is based on declaration and names only
 * @param obstacle why the loader cannot load the table, and how to fix it; empty if it can
 */
public record TableFinding(
        SourceTable table,
        Key key,
        List<ColumnFinding> columns,
        List<ColumnFinding> cursors,
        LoadMode mode,
        String reason,
        List<String> remarks,
        boolean sampled,
        Optional<String> obstacle) {
    public TableFinding {
        columns = List.copyOf(columns);
        cursors = List.copyOf(cursors);
        remarks = List.copyOf(remarks);
    }

    public String name() {
        return table.name();
    }
}
