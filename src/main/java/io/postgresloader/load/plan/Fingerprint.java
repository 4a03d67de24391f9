package io.postgresloader.load.plan;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.DateBounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the watermarks of a table depend on, as readable parts. If a part differs from that of the last load, rows may
 * be missing that no window covers, and everything is loaded once.
 */
final class Fingerprint {
    /** Parts that only a bookmark depends on: a schema change has its own back-fill reason. */
    private static final Set<String> SCHEMA = Set.of("columns", "target types");

    private Fingerprint() {}

    static Map<String, String> of(PreparedTable table, List<Cursor> declaredCursors) {
        DateBounds bounds = table.options().cursors().bounds();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "columns",
                table.source().columns().stream()
                        .map(column -> column.name() + " " + column.spelled())
                        .collect(Collectors.joining(", ")));
        parts.put("target types", table.rowFormat().targetTypes().toString());
        parts.put("key", table.key().toString());
        parts.put(
                "cursor columns",
                declaredCursors.stream()
                        .map(cursor -> cursor.column() + " " + cursor.type())
                        .sorted()
                        .collect(Collectors.joining(", ")));
        parts.put("logic", table.options().cursors().logic().name());
        parts.put(
                "bounds",
                bounds.min() + " to " + bounds.max().map(Object::toString).orElse("a year ahead"));
        return parts;
    }

    /** Describes what differs apart from the schema; empty when nothing does. */
    static Optional<String> difference(Map<String, String> before, Map<String, String> now) {
        List<String> changed = now.keySet().stream()
                .filter(part -> !SCHEMA.contains(part))
                .filter(part -> !now.get(part).equals(before.get(part)))
                .toList();
        return changed.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", changed) + " changed");
    }
}
