package io.postgresloader.analyze;

import io.postgresloader.model.Key;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a table, and what follows.
 *
 * @param key the key to upsert by; {@link Key#NONE} when the source declares none
 * @param columns every date and time, the most useful first
 * @param cursors those that show what changed, at most three
 * @param plan what each load reads; never {@link LoadMode#AUTO}
 * @param reason why, in words
 * @param remarks what people should know beside it
 * @param sampled whether its rows were looked at; else declarations and names decided alone
 * @param refused why the loader would refuse the table; empty: it would not
 */
public record TableFinding(
        SourceTable table,
        Key key,
        List<ColumnFinding> columns,
        List<ColumnFinding> cursors,
        LoadMode plan,
        String reason,
        List<String> remarks,
        boolean sampled,
        Optional<String> refused) {
    public TableFinding {
        columns = List.copyOf(columns);
        cursors = List.copyOf(cursors);
        remarks = List.copyOf(remarks);
    }

    public String name() {
        return table.name();
    }
}
