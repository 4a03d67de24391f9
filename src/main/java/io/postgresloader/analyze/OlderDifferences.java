package io.postgresloader.analyze;

import io.postgresloader.config.tables.OlderTable;
import io.postgresloader.model.LoadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what a table list of the older generator made its job miss, and what is done instead. */
public final class OlderDifferences {
    private OlderDifferences() {}

    /** One sentence for each difference, beginning with the table's name; tables that are treated alike have none. */
    public static List<String> of(List<OlderTable> older, Analysis analysis) {
        List<String> differences = new ArrayList<>();
        for (OlderTable table : older) {
            Optional<TableFinding> finding = analysis.listed().stream()
                    .filter(listed -> listed.name().equals(table.table()))
                    .findFirst();
            if (finding.isEmpty()) {
                differences.add(table.table() + ": not in the new list: " + absence(table.table(), analysis));
            } else {
                of(table, finding.get()).forEach(text -> differences.add(table.table() + ": " + text));
            }
        }
        analysis.listed().stream()
                .filter(finding ->
                        older.stream().noneMatch(table -> table.table().equals(finding.name())))
                .forEach(finding -> differences.add(finding.name() + ": new in the list"));
        return differences;
    }

    private static String absence(String table, Analysis analysis) {
        String otherwise = analysis.source().contains(table) ? "it was not looked at" : "the source does not show it";
        return analysis.notListed().getOrDefault(table, otherwise);
    }

    private static List<String> of(OlderTable older, TableFinding finding) {
        List<String> differences = new ArrayList<>();
        List<ColumnFinding> followed = older.followed().stream()
                .flatMap(name -> finding.columns().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name)))
                .toList();
        followed.stream().flatMap(column -> misread(column, older).stream()).forEach(differences::add);
        boolean missesEdits = older.incremental() && followed.stream().noneMatch(c -> c.role() == ColumnRole.EDIT);
        boolean byKey = older.watermark()
                .filter(column -> finding.key().columns().stream().anyMatch(column::equalsIgnoreCase))
                .isPresent();
        boolean edited = finding.columns().stream().anyMatch(column -> column.role() == ColumnRole.EDIT);
        if (older.incremental() && byKey && edited) {
            differences.add("its key was the watermark, so that rows edited in place were missed; now " + now(finding));
        } else if (missesEdits) {
            differences.add("edits were never picked up; now " + now(finding));
        } else if (older.whole() && finding.plan() != LoadMode.FULL) {
            differences.add("was read as a whole each time; now " + now(finding));
        }
        if (older.strategy().filter("and_logic"::equals).isPresent()) {
            differences.add("and_logic missed rows whose columns change in different cycles; now or_logic");
        }
        if (!older.ours().isEmpty()) {
            differences.add("what a person added to it is not taken over: " + String.join(", ", older.ours()));
        }
        if (!older.primaryKey().isEmpty() && !sameKey(older, finding)) {
            differences.add("primary_key was " + String.join(", ", older.primaryKey()) + ", and is "
                    + (finding.key().none() ? "none" : finding.key()));
        }
        return differences;
    }

    private static Optional<String> misread(ColumnFinding column, OlderTable older) {
        return switch (column.role()) {
            case EDIT -> Optional.empty();
            case ENTRY -> older.editedInPlace()
                    ? Optional.of(column.name() + " was taken for an edit time, but is an entry time ("
                            + column.reason() + ")")
                    : Optional.empty();
            case BUSINESS -> Optional.of(
                    column.name() + watermark(older) + ", but is a business date (" + column.reason() + ")");
            case EMPTY -> Optional.of(column.name() + watermark(older) + ", but has no real date");
        };
    }

    private static String watermark(OlderTable older) {
        return older.incremental() ? " was a watermark" : " was taken for one that shows changes";
    }

    private static String now(TableFinding finding) {
        return finding.plan() == LoadMode.INCREMENTAL
                ? "by "
                        + String.join(
                                " or ",
                                finding.cursors().stream()
                                        .map(ColumnFinding::name)
                                        .toList())
                : finding.plan() == LoadMode.FULL
                        ? "compared as a whole at each load"
                        : "new rows by their keys, and edits by the comparison";
    }

    private static boolean sameKey(OlderTable older, TableFinding finding) {
        return older.primaryKey().size() == finding.key().columns().size()
                && older.primaryKey().stream()
                        .allMatch(column -> finding.key().columns().stream().anyMatch(column::equalsIgnoreCase));
    }
}
