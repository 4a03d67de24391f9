package io.postgresloader.analyze;

import io.postgresloader.config.tables.CatalogEntry;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the result of a table's analysis as an entry of the table list. */
final class EntryText {
    private EntryText() {}

    static CatalogEntry of(TableFinding finding) {
        return new CatalogEntry(finding.name(), comments(finding), options(finding));
    }

    /** The load mode as spelled in the table list, e.g. {@code incremental}. */
    static String word(TableFinding finding) {
        return finding.mode().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> comments(TableFinding finding) {
        List<String> comments = new ArrayList<>();
        comments.add(word(finding) + ": " + finding.reason());
        Stream.of(ColumnRole.values()).forEach(role -> notUsed(finding, role).ifPresent(comments::add));
        comments.add(String.join("; ", finding.remarks()));
        return comments;
    }

    private static Optional<String> notUsed(TableFinding finding, ColumnRole role) {
        List<String> columns = finding.columns().stream()
                .filter(column -> column.role() == role && !finding.cursors().contains(column))
                .map(column -> column.name() + (column.misnamed() ? " (" + column.reason() + ")" : ""))
                .toList();
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of("not used: " + role.plural() + ": " + String.join(", ", columns));
    }

    private static Map<String, String> options(TableFinding finding) {
        Map<String, String> options = new LinkedHashMap<>();
        if (!finding.key().none()) {
            options.put("primary_key", key(finding.key()));
        } else {
            options.put("load", "full");
        }
        if (finding.mode() == LoadMode.FULL && !finding.table().small() && integerKey(finding)) {
            // Keys are random. Without the option the loader would load the table by new keys.
            options.put("load", "full");
        }
        if (!finding.cursors().isEmpty()) {
            options.put(
                    "incremental_columns",
                    CatalogEntry.list(
                            finding.cursors().stream().map(ColumnFinding::name).toList()));
        }
        if (finding.cursors().stream().anyMatch(cursor -> cursor.evidence().outside() > 0)) {
            options.put(
                    "data_quality_filters",
                    "{min_date: " + CatalogEntry.scalar(DateBounds.DEFAULT.min().toString()) + "}");
        }
        return options;
    }

    private static boolean integerKey(TableFinding finding) {
        List<String> columns = finding.key().columns();
        return columns.size() == 1
                && finding.table().column(columns.get(0)).orElseThrow().integer();
    }

    private static String key(Key key) {
        return key.columns().size() == 1 ? CatalogEntry.scalar(key.columns().get(0)) : CatalogEntry.list(key.columns());
    }
}
