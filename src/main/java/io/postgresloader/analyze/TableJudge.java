package io.postgresloader.analyze;

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

/** Chooses how a table is kept up to date, from what its columns turned out to be. */
final class TableJudge {
    private static final int MOST_CURSORS = 3;
    private static final Set<String> RESERVED = Set.of("tables", "defaults");

    private final SourceTable table;
    private final Key key;
    private final List<ColumnFinding> columns;

    private TableJudge(SourceTable table, List<ColumnFinding> columns) {
        this.table = table;
        this.key = table.keys().stream().findFirst().orElse(Key.NONE);
        this.columns = columns.stream().sorted(ColumnFinding.BY_RELIABILITY).toList();
    }

    /** @param sampled how the columns were looked at, in words; empty: they could not be in time */
    static TableFinding judge(SourceTable table, List<ColumnFinding> columns, Optional<String> sampled) {
        TableJudge judge = new TableJudge(table, columns);
        Choice choice = judge.choice();
        return new TableFinding(
                table,
                judge.key,
                judge.columns,
                choice.cursors,
                choice.plan,
                choice.reason,
                judge.remarks(choice, sampled.orElse("none: it took too long")),
                sampled.isPresent(),
                judge.refused());
    }

    private record Choice(LoadMode plan, List<ColumnFinding> cursors, String reason) {}

    private Choice choice() {
        if (key.none()) {
            return new Choice(LoadMode.FULL, List.of(), "no key, so that the table is replaced as a whole");
        }
        List<ColumnFinding> edits = with(ColumnRole.EDIT).limit(MOST_CURSORS).toList();
        if (!edits.isEmpty()) {
            return new Choice(LoadMode.INCREMENTAL, cursors(edits), describe(edits));
        }
        if (table.small()) {
            return new Choice(LoadMode.FULL, List.of(), "small, and no column shows edits");
        }
        if (integerKey()) {
            return new Choice(
                    LoadMode.APPEND,
                    List.of(),
                    "new rows by " + key + "; no column shows edits, a comparison finds them");
        }
        List<ColumnFinding> entries = with(ColumnRole.ENTRY).limit(MOST_CURSORS).toList();
        return entries.isEmpty()
                ? new Choice(LoadMode.FULL, List.of(), "no integer key, and no column shows new rows")
                : new Choice(
                        LoadMode.INCREMENTAL,
                        entries,
                        "new rows by " + names(entries) + "; no column shows edits, a comparison finds them");
    }

    /** New rows come by an integer key; where there is none, an entry time tells of them. */
    private List<ColumnFinding> cursors(List<ColumnFinding> edits) {
        return integerKey()
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
            share(evidence.outside(), evidence, " of " + cursor.name() + " lies outside the bounds")
                    .ifPresent(remarks::add);
        }
        List<ColumnFinding> unindexed =
                choice.cursors.stream().filter(c -> c.index().isEmpty()).toList();
        if (!unindexed.isEmpty() && !table.small()) {
            remarks.add("no index finds rows by " + names(unindexed) + ": each load reads the whole table");
        }
        return remarks;
    }

    private static Optional<String> share(long rows, ColumnEvidence evidence, String words) {
        return rows == 0 ? Optional.empty() : Optional.of(ColumnJudge.percent(rows, evidence.rows()) + words);
    }

    private Optional<String> refused() {
        if (RESERVED.contains(table.name())) {
            return Optional.of("at the top of a table list its name means something else; write its entry below a key"
                    + " tables:, together with all others");
        }
        return key.none() && table.estimatedBytes() > SourceTable.MOST_BYTES_WITHOUT_KEY
                ? Optional.of("it has no key and more than " + (SourceTable.MOST_BYTES_WITHOUT_KEY >> 20)
                        + " MiB, too much to be replaced as a whole; add a key to the source, or name it in"
                        + " analyze.exclude")
                : Optional.empty();
    }

    private boolean integerKey() {
        return key.columns().size() == 1
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
