package io.postgresloader.analyze;

import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the load mode and the cursor columns of a table by its key and the roles of its columns. */
final class LoadModeChooser {
    private static final int MOST_CURSORS = 3;
    private static final Set<String> RESERVED = Set.of("tables", "defaults");

    private final SourceTable table;
    private final Key key;
    private final List<ColumnFinding> columns;
    private final boolean randomKeys;

    private LoadModeChooser(SourceTable table, List<ColumnFinding> columns, boolean randomKeys) {
        this.table = table;
        this.randomKeys = randomKeys;
        this.key = table.ownKey().orElse(Key.NONE);
        this.columns = columns.stream().sorted(ColumnFinding.BY_RELIABILITY).toList();
    }

    /**
     * @param sampled which rows were sampled, as text; empty if the time limit was exceeded
     * @param randomKeys whether keys are handed out at random, so that new rows do not have the greatest keys
     */
    static TableFinding choose(
            SourceTable table, List<ColumnFinding> columns, Optional<String> sampled, boolean randomKeys) {
        LoadModeChooser chooser = new LoadModeChooser(table, columns, randomKeys);
        Choice choice = chooser.choice();
        return new TableFinding(
                table,
                chooser.key,
                chooser.columns,
                choice.cursors,
                choice.mode,
                choice.reason,
                chooser.remarks(choice, sampled.orElse("none, because the time limit was exceeded")),
                sampled.isPresent(),
                chooser.obstacle());
    }

    private record Choice(LoadMode mode, List<ColumnFinding> cursors, String reason) {}

    private Choice choice() {
        if (key.none()) {
            return new Choice(LoadMode.FULL, List.of(), "no key: each load replaces the whole table");
        }
        List<ColumnFinding> edits = with(ColumnRole.EDIT).limit(MOST_CURSORS).toList();
        if (!edits.isEmpty()) {
            return new Choice(LoadMode.INCREMENTAL, cursors(edits), describe(edits));
        }
        if (table.small()) {
            return new Choice(LoadMode.FULL, List.of(), "small table, and no column shows edits");
        }
        if (showsNewRows()) {
            return new Choice(
                    LoadMode.APPEND, List.of(), "new rows by " + key + "; no column shows edits, reconcile finds them");
        }
        List<ColumnFinding> entries = with(ColumnRole.ENTRY).limit(MOST_CURSORS).toList();
        return entries.isEmpty()
                ? new Choice(
                        LoadMode.FULL,
                        List.of(),
                        randomKeys
                                ? "keys are random, and no column shows new rows"
                                : "no integer key, and no column shows new rows")
                : new Choice(
                        LoadMode.INCREMENTAL,
                        entries,
                        "new rows by " + names(entries) + (randomKeys ? ", as the names suggest" : "")
                                + "; no column shows edits, reconcile finds them");
    }

    /** Loads find new rows by an integer key. Without one, an entry time is needed to find them. */
    private List<ColumnFinding> cursors(List<ColumnFinding> edits) {
        return showsNewRows()
                ? edits
                : Stream.concat(edits.stream(), with(ColumnRole.ENTRY))
                        .limit(MOST_CURSORS)
                        .toList();
    }

    private List<String> remarks(Choice choice, String sampled) {
        List<String> remarks = new ArrayList<>();
        remarks.add(String.format(Locale.ROOT, "%,d rows", table.estimatedRows())
                + (columns.isEmpty() ? "" : ", sample: " + sampled));
        for (ColumnFinding cursor : choice.cursors) {
            ColumnEvidence evidence = cursor.evidence();
            share(evidence.nulls(), evidence, " of " + cursor.name() + " is NULL")
                    .ifPresent(remarks::add);
            share(evidence.outside(), evidence, " of " + cursor.name() + " is outside the bounds")
                    .ifPresent(remarks::add);
        }
        if (randomKeys) {
            remarks.add("keys are random: a load by new keys would miss rows");
        }
        List<ColumnFinding> unindexed =
                choice.cursors.stream().filter(c -> c.index().isEmpty()).toList();
        if (!unindexed.isEmpty() && !table.small()) {
            remarks.add("no index on " + names(unindexed) + ": each load scans the whole table");
        }
        return remarks;
    }

    private static Optional<String> share(long rows, ColumnEvidence evidence, String words) {
        return rows == 0 ? Optional.empty() : Optional.of(ColumnClassifier.percent(rows, evidence.rows()) + words);
    }

    private Optional<String> obstacle() {
        if (RESERVED.contains(table.name())) {
            return Optional.of("its name is a reserved key at the top level of a table list; write all entries below"
                    + " a top-level key tables:");
        }
        if (!table.pageable(key)) {
            return Optional.of("its key (" + key + ") has a column of the type " + unpageable()
                    + ", by which rows cannot be read in order; add a unique key of other types in the source, or exclude"
                    + " it with analyze.exclude");
        }
        return key.none() && table.estimatedBytes() > SourceTable.MOST_BYTES_WITHOUT_KEY
                ? Optional.of("it has no key and more than " + (SourceTable.MOST_BYTES_WITHOUT_KEY >> 20)
                        + " MiB, the limit for replacing a whole table; add a key in the source, or exclude it with"
                        + " analyze.exclude")
                : Optional.empty();
    }

    private String unpageable() {
        return key.columns().stream()
                .map(name -> table.column(name).orElseThrow())
                .filter(column -> !column.pageable())
                .map(Column::columnType)
                .collect(Collectors.joining(", "));
    }

    /** Whether new rows have greater keys than those before. */
    private boolean showsNewRows() {
        return !randomKeys
                && key.columns().size() == 1
                && table.column(key.columns().get(0)).orElseThrow().integer();
    }

    private Stream<ColumnFinding> with(ColumnRole role) {
        return columns.stream().filter(column -> column.role() == role);
    }

    private static String describe(List<ColumnFinding> cursors) {
        return cursors.stream()
                .map(cursor -> cursor.name() + " (" + cursor.reason()
                        + cursor.index().map(index -> "; index " + index).orElse("") + ")")
                .collect(Collectors.joining(" or "));
    }

    private static String names(List<ColumnFinding> columns) {
        return columns.stream().map(ColumnFinding::name).collect(Collectors.joining(", "));
    }
}
