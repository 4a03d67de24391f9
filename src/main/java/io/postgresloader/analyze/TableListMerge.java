package io.postgresloader.analyze;

import io.postgresloader.config.tables.CatalogEntry;
import io.postgresloader.config.tables.CatalogText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Merges an analysis into an existing table list. Entries that analyze wrote and nobody edited are replaced. Entries,
 * options and comments that users edited or added are kept, and what the analysis would change in them is reported.
 */
public final class TableListMerge {
    private final Analysis analysis;
    private final List<CatalogText.Entry> entries = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    private TableListMerge(Analysis analysis) {
        this.analysis = analysis;
    }

    /**
     * The merged list.
     *
     * @param text the whole file
     * @param changes one line per changed or kept entry, starting with {@code +} added, {@code ~} changed, {@code -}
     *     removed, or {@code =} kept because a user edited it
     */
    public record Merged(String text, List<String> changes) {}

    public static Merged merge(CatalogText before, Analysis analysis) {
        TableListMerge merge = new TableListMerge(analysis);
        before.entries().forEach(merge::keep);
        Set<String> listed =
                before.entries().stream().map(CatalogText.Entry::name).collect(Collectors.toCollection(HashSet::new));
        analysis.listed().stream()
                .filter(table -> !listed.contains(table.name()))
                .forEach(merge::add);
        return new Merged(merge.text(before), List.copyOf(merge.changes));
    }

    private String text(CatalogText before) {
        Set<String> listed = entries.stream().map(CatalogText.Entry::name).collect(Collectors.toSet());
        List<String> tail = UnlistedTables.update(before.tail(), analysis, listed);
        return new CatalogText(before.head(), entries, tail, before.lineEnd()).text();
    }

    private void keep(CatalogText.Entry entry) {
        Optional<TableFinding> finding = analysis.table(entry.name());
        if (finding.isPresent()) {
            update(entry, finding.get());
        } else if (entry.name().equals("defaults") || analysis.source().contains(entry.name())) {
            entries.add(entry);
        } else if (entry.byProgramAlone()) {
            changes.add("- " + entry.name() + ": the table does not exist in the source");
        } else {
            changes.add("= " + entry.name() + ": the table does not exist in the source, but its entry was edited:"
                    + " remove the entry, or correct its name");
            entries.add(entry);
        }
    }

    /** Updates an entry. The entry is kept if the table was not sampled or cannot be loaded. */
    private void update(CatalogText.Entry entry, TableFinding finding) {
        CatalogEntry found = EntryText.of(finding);
        boolean same = entry.written().equals(found.options());
        if (!finding.sampled() || finding.obstacle().isPresent() || same && !modeChanged(entry, finding)) {
            entries.add(entry);
        } else if (entry.untouched()) {
            changes.add(
                    "~ " + entry.name() + ": " + (same ? load(finding) : difference(entry.written(), found.options())));
            entries.add(entry.replacedBy(found));
        } else {
            changes.add("= " + entry.name() + ": kept because it was edited; analyze would change "
                    + difference(entry.written(), found.options()));
            entries.add(entry);
        }
    }

    /**
     * Whether the comment names another load mode: a table that has grown can change its mode with the same options.
     */
    private static boolean modeChanged(CatalogText.Entry entry, TableFinding finding) {
        return entry.untouched() && !entry.says(EntryText.word(finding));
    }

    private static String load(TableFinding finding) {
        return EntryText.word(finding) + ": " + finding.reason();
    }

    /** Inserts an entry before the first one with a greater name, so that a sorted list stays sorted. */
    private void add(TableFinding finding) {
        changes.add("+ " + finding.name() + ": " + load(finding));
        int place = 0;
        while (place < entries.size() && !comesBefore(finding.name(), entries.get(place))) {
            place++;
        }
        entries.add(place, CatalogText.entry(EntryText.of(finding)));
    }

    private static boolean comesBefore(String name, CatalogText.Entry other) {
        return !other.name().equals("defaults") && name.compareTo(other.name()) < 0;
    }

    private static String difference(Map<String, String> before, Map<String, String> now) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        return keys.stream()
                .filter(key -> !value(before, key).equals(value(now, key)))
                .map(key -> key + " from " + value(before, key) + " to " + value(now, key))
                .collect(Collectors.joining(", "));
    }

    private static String value(Map<String, String> options, String key) {
        return options.getOrDefault(key, "nothing");
    }
}
