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
 * Brings a table list up to date. An entry that is still what an analysis wrote follows the new one; whatever a person
 * changed or added stays, comments too, and what the analysis would have chosen is told.
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
        analysis.listed().stream()
                .filter(table -> !listed.contains(table.name()))
                .forEach(merge::add);
        return new Merged(merge.text(before), List.copyOf(merge.changes));
    }

    private String text(CatalogText before) {
        Set<String> listed = entries.stream().map(CatalogText.Entry::name).collect(Collectors.toSet());
        List<String> tail = NotListed.update(before.tail(), analysis, listed);
        return new CatalogText(before.head(), entries, tail, before.lineEnd()).text();
    }

    private void keep(CatalogText.Entry entry) {
        Optional<TableFinding> finding = analysis.table(entry.name());
        if (finding.isPresent()) {
            follow(entry, finding.get());
        } else if (entry.name().equals("defaults") || analysis.source().contains(entry.name())) {
            entries.add(entry);
        } else if (entry.byProgramAlone()) {
            changes.add("- " + entry.name() + ": the source does not show it any more");
        } else {
            changes.add("= " + entry.name() + ": the source does not show it, but a person had a part in its entry:"
                    + " take it out, or mend its name");
            entries.add(entry);
        }
    }

    /** What was not looked at, or would be refused, is no reason to change what is there. */
    private void follow(CatalogText.Entry entry, TableFinding finding) {
        CatalogEntry found = EntryText.of(finding);
        boolean same = entry.written().equals(found.options());
        if (!finding.sampled() || finding.refused().isPresent() || same && !anotherLoad(entry, finding)) {
            entries.add(entry);
        } else if (entry.untouched()) {
            changes.add(
                    "~ " + entry.name() + ": " + (same ? load(finding) : difference(entry.written(), found.options())));
            entries.add(entry.replacedBy(found));
        } else {
            changes.add("= " + entry.name() + ": kept as a person wrote it; the analysis would change "
                    + difference(entry.written(), found.options()));
            entries.add(entry);
        }
    }

    /** A table that has grown is loaded otherwise by the same options; the comment that says so is to stay true. */
    private static boolean anotherLoad(CatalogText.Entry entry, TableFinding finding) {
        return entry.untouched() && !entry.says(EntryText.word(finding));
    }

    private static String load(TableFinding finding) {
        return EntryText.word(finding) + ": " + finding.reason();
    }

    /** Before the first entry whose name comes later, so that a list in order stays so. */
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
                .filter(key -> !said(before, key).equals(said(now, key)))
                .map(key -> key + " from " + said(before, key) + " to " + said(now, key))
                .collect(Collectors.joining(", "));
    }

    private static String said(Map<String, String> options, String key) {
        return options.getOrDefault(key, "nothing");
    }
}
