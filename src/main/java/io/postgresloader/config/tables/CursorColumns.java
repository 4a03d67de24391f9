package io.postgresloader.config.tables;

import io.postgresloader.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orders the cursor columns of a table, most reliable first. */
final class CursorColumns {
    private CursorColumns() {}

    /**
     * The priorities first, then the others in their listed order. {@code primary_incremental_column} of the older
     * generator is first if there are no priorities.
     */
    static List<String> of(YamlValue table, OptionDraft said, IncrementalStrategy strategy, ParseContext context) {
        List<String> listed = OptionDraft.or(said.incrementalColumns, List.of());
        List<String> priorities = OptionDraft.or(said.columnPriorities, List.of());
        List<String> ordered = new ArrayList<>();
        for (String priority : priorities) {
            Optional<String> column = find(priority, listed);
            column.ifPresent(ordered::add);
            if (column.isEmpty()) {
                unknown(table, priority, listed, context);
            }
        }
        String primary = said.primaryIncrementalColumn;
        if (primary != null && find(primary, ordered).isEmpty()) {
            ordered.add(find(primary, listed).orElse(primary));
        }
        listed.stream().filter(c -> find(c, ordered).isEmpty()).forEach(ordered::add);
        return chosen(ordered, primary, strategy);
    }

    private static List<String> chosen(List<String> ordered, String primary, IncrementalStrategy strategy) {
        return switch (strategy) {
            case OR_LOGIC, AND_LOGIC -> ordered;
            case NONE -> List.of();
            case SINGLE_COLUMN -> ordered.stream()
                    .filter(c -> primary == null || c.equalsIgnoreCase(primary))
                    .limit(1)
                    .toList();
        };
    }

    private static Optional<String> find(String name, List<String> columns) {
        return columns.stream().filter(c -> c.equalsIgnoreCase(name)).findFirst();
    }

    private static void unknown(YamlValue table, String priority, List<String> listed, ParseContext context) {
        String key = table.path() + ".column_priorities";
        int line = context.lines().getOrDefault(key + "." + priority, table.line());
        String found = "'" + priority + "' is not one of incremental_columns";
        String allowed = listed.isEmpty() ? "list the columns there first" : Nearest.hint(priority, listed);
        context.problem(line, key, found, allowed);
    }
}
