package io.postgresloader.load.plan;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.ValuePolicies;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the watermarks of a table depend on, as readable parts. If a part differs from that of the last load, rows may
 * be missing that no window covers, and everything is loaded once.
 */
final class Fingerprint {
    private static final String VALUES = "values";

    /**
     * Parts that no watermark depends on, and a bookmark does: a schema change has its own back-fill reason, and a
     * comparison finds values that are to be stored in another way.
     */
    private static final Set<String> OF_BOOKMARKS = Set.of("columns", "target types", VALUES);

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
        parts.put(VALUES, values(table.options().columns()));
        return parts;
    }

    /** How values that PostgreSQL cannot store are stored: in all columns, and in those that differ from the others. */
    private static String values(ColumnOptions columns) {
        Map<String, String> byColumn = new TreeMap<>();
        columns.policiesByColumn().forEach((column, policies) -> byColumn.put(column, values(policies)));
        byColumn.values().removeIf(values(columns.policies())::equals);
        return values(columns.policies()) + byColumn;
    }

    private static String values(ValuePolicies policies) {
        ValuePolicies.ZeroDates zeroDates = policies.zeroDates();
        return policies.nulCharacters() + " " + policies.invalidText() + " "
                + (zeroDates.reject()
                        ? "reject"
                        : zeroDates.day().map(Object::toString).orElse("null"));
    }

    /** Whether a load that began with one of them can continue with the other. */
    static boolean same(Map<String, String> before, Map<String, String> now) {
        Map<String, String> known = new HashMap<>(before);
        known.putIfAbsent(VALUES, now.get(VALUES));
        return known.equals(now);
    }

    /** Whether values are stored as before; empty: an older version did not record how. */
    static Optional<Boolean> sameValues(Map<String, String> before, Map<String, String> now) {
        return Optional.ofNullable(before.get(VALUES)).map(now.get(VALUES)::equals);
    }

    /** Describes what differs of that on which watermarks depend; empty when nothing does. */
    static Optional<String> difference(Map<String, String> before, Map<String, String> now) {
        List<String> changed = now.keySet().stream()
                .filter(part -> !OF_BOOKMARKS.contains(part))
                .filter(part -> !now.get(part).equals(before.get(part)))
                .toList();
        return changed.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", changed) + " changed");
    }
}
