package io.postgresloader.analyze;

import io.postgresloader.config.tables.TablesSchema;
import java.util.ArrayList;
import java.util.List;

/** Writes an analysis as a table list. */
public final class TableList {
    private static final List<String> HEAD = List.of(
            "# yaml-language-server: $schema=" + TablesSchema.FILE,
            "# Editors that know this line complete and check the list, if the file is next to it: schema > "
                    + TablesSchema.FILE,
            "",
            "# The tables to keep equal to the source. The first comment of an entry says what each load reads, and why:",
            "#   incremental  rows whose incremental_columns moved, and rows with new keys",
            "#   append       rows with new keys; comparisons find the edited ones",
            "#   full         all rows; only those that differ are written",
            "# Change what you know better: analyze --merge keeps it. All options: src/site/markdown/tables-yml.md.",
            "",
            "defaults:",
            "  incremental_strategy: or_logic",
            "  schedule: 5m",
            "  lookback: 5m",
            "  reconcile: 24h",
            "  deletes: delete");

    private TableList() {}

    /** A new list. Tables that are not in it are named at its end. */
    public static String of(Analysis analysis) {
        List<String> lines = new ArrayList<>(HEAD);
        analysis.listed().stream().map(EntryText::of).forEach(entry -> {
            lines.add("");
            lines.addAll(entry.lines());
        });
        lines.addAll(NotListed.lines(analysis));
        return String.join("\n", lines) + "\n";
    }
}
