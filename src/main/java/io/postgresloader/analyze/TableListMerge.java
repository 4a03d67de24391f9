package io.postgresloader.analyze;

import io.postgresloader.config.CatalogEntry;
import io.postgresloader.config.CatalogText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a table list up to date. An entry whose options are still what an analysis wrote follows the new one; whatever
 * a person changed or added stays, and what the analysis would have chosen is told.
 */
public final class TableListMerge {
    private final Analysis analysis;
    private final List<CatalogText.Entry> entries = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    private TableListMerge(Analysis analysis) {
        this.analysis = analysis;
    }

    /**
     * A list that was brought up to date.
     *
     * @param text the whole file
     * @param changes what differs from before, and what was kept; one line each, beginning with {@code +} added,
     *     {@code ~} changed, {@code -} taken out, {@code =} kept as a person wrote it
     */
    public record Merged(String text, List<String> changes) {}

    public static Merged merge(CatalogText before, Analysis analysis) {
        TableListMerge merge = new TableListMerge(analysis);
        before.entries().forEach(merge::keep);
        Set<String> listed =
                before.entries().stream().map(CatalogText.Entry::name).collect(Collectors.toCollection(HashSet::new));
        analysis.tables().stream()
                .filter(table ->
                        !listed.contains(table.name()) && table.refused().isEmpty())
                .forEach(merge::add);
        return new Merged(new CatalogText(before.head(), merge.entries).text(), List.copyOf(merge.changes));
    }

    private void keep(CatalogText.Entry entry) {
        Optional<TableFinding> finding = analysis.table(entry.name());
        if (finding.isPresent()) {
            follow(entry, EntryText.of(finding.get()));
        } else if (entry.name().equals("defaults") || analysis.source().contains(entry.name())) {
            entries.add(entry);
        } else if (entry.untouched()) {
            changes.add("- " + entry.name() + ": the source does not have it any more");
        } else {
            changes.add("= " + entry.name() + ": the source does not have it, but a person wrote its entry: take it"
                    + " out, or mend its name");
            entries.add(entry);
        }
    }

    private void follow(CatalogText.Entry entry, CatalogEntry found) {
        if (entry.written().equals(found.options())) {
            entries.add(entry);
        } else if (entry.untouched()) {
            changes.add("~ " + entry.name() + ": " + difference(entry.written(), found.options()));
            entries.add(entry.replacedBy(found));
        } else {
            changes.add("= " + entry.name() + ": kept as a person wrote it; the analysis would change "
                    + difference(entry.written(), found.options()));
            entries.add(entry);
        }
    }

    /** Before the first entry whose name comes later, so that a list in order stays so. */
    private void add(TableFinding finding) {
        changes.add("+ " + finding.name() + ": " + EntryText.word(finding) + ": " + finding.reason());
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
                .filter(key -> !said(before, key).equals(said(now, key)))
                .map(key -> key + " from " + said(before, key) + " to " + said(now, key))
                .collect(Collectors.joining(", "));
    }

    private static String said(Map<String, String> options, String key) {
        return options.getOrDefault(key, "nothing");
    }
}
