package io.postgresloader.analyze;

import io.postgresloader.config.tables.TablesSchema;
import java.util.ArrayList;
import java.util.List;

/** Writes an analysis as a new table list. */
public final class TableList {
    private static final List<String> HEAD = List.of(
            "# yaml-language-server: $schema=" + TablesSchema.FILE,
            "# Editors use the schema above to complete and check this list. To create the schema file: schema > "
                    + TablesSchema.FILE,
            "",
            "# The tables to replicate. The first comment of each entry shows what each load reads, and why:",
            "#   incremental  rows whose incremental_columns changed, and rows with new keys",
            "#   append       rows with new keys; reconcile finds edited rows",
            "#   full         all rows; only different rows are written",
            "# You can edit this list: analyze --merge keeps your changes. All options:"
                    + " src/site/markdown/tables-yml.md.",
            "",
            "defaults:",
            "  incremental_strategy: or_logic",
            "  schedule: 5m",
            "  lookback: 5m",
            "  reconcile: 24h",
            "  deletes: delete");

    private TableList() {}

    /** The text of the list. Tables that are not listed are named in a comment at its end. */
    public static String of(Analysis analysis) {
        List<String> lines = new ArrayList<>(HEAD);
        analysis.listed().stream().map(EntryText::of).forEach(entry -> {
            lines.add("");
            lines.addAll(entry.lines());
        });
        lines.addAll(UnlistedTables.lines(analysis));
        return String.join("\n", lines) + "\n";
    }
}
