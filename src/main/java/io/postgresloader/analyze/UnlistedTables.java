package io.postgresloader.analyze;

import io.postgresloader.config.tables.CatalogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The comment at the end of a table list that names the tables missing from it, each with the reason. */
final class UnlistedTables {
    private static final String TITLE = "# Not in this list:";
    private static final String ITEM = "# - ";

    private UnlistedTables() {}

    /** The lines of the comment; empty if every table is listed. */
    static List<String> lines(Analysis analysis) {
        List<String> lines = new ArrayList<>();
        if (!analysis.notListed().isEmpty()) {
            lines.add("");
            lines.add(TITLE);
            lines.addAll(items(analysis).values());
        }
        return lines;
    }

    /**
     * Updates the comment at the end of an existing list. All other lines are kept, and a comment that the user deleted
     * is not added again.
     *
     * @param listed the tables of the list
     */
    static List<String> update(List<String> tail, Analysis analysis, Set<String> listed) {
        int title = tail.indexOf(TITLE);
        if (title < 0) {
            return tail;
        }
        int end = title + 1;
        while (end < tail.size() && tail.get(end).startsWith(ITEM)) {
            end++;
        }
        Map<String, String> items = before(tail.subList(title + 1, end), analysis.source());
        items.putAll(items(analysis));
        items.keySet().removeAll(listed);
        List<String> updated = new ArrayList<>(tail.subList(0, title));
        if (!items.isEmpty()) {
            updated.add(TITLE);
            updated.addAll(items.values());
        }
        updated.addAll(tail.subList(end, tail.size()));
        return updated;
    }

    private static Map<String, String> items(Analysis analysis) {
        Map<String, String> items = new TreeMap<>();
        analysis.notListed().forEach((table, reason) -> items.put(table, item(table) + CatalogEntry.comment(reason)));
        return items;
    }

    /** The lines of an earlier run for tables that this run did not analyze. */
    private static Map<String, String> before(List<String> lines, Set<String> source) {
        Map<String, String> items = new TreeMap<>();
        source.forEach(table -> lines.stream()
                .filter(line -> line.startsWith(item(table)))
                .findFirst()
                .ifPresent(line -> items.put(table, line)));
        return items;
    }

    private static String item(String table) {
        return ITEM + CatalogEntry.comment(table) + ": ";
    }
}
