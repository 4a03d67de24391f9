package io.postgresloader.analyze;

import io.postgresloader.config.tables.OlderTable;
import io.postgresloader.model.LoadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what changes from a table list of the older generator, and which changes its job missed. */
public final class OlderDifferences {
    private OlderDifferences() {}

    /** One sentence per difference, starting with the table's name. Tables without a difference are omitted. */
    public static List<String> of(List<OlderTable> older, Analysis analysis) {
        List<String> differences = new ArrayList<>();
        for (OlderTable table : older) {
            Optional<TableFinding> finding = analysis.listed().stream()
                    .filter(listed -> listed.name().equals(table.table()))
                    .findFirst();
            if (finding.isEmpty()) {
                differences.add(table.table() + ": not in the new list: " + reasonNotListed(table.table(), analysis));
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

    private static String reasonNotListed(String table, Analysis analysis) {
        String otherwise =
                analysis.source().contains(table) ? "it was not analyzed" : "it does not exist in the" + " source";
        return analysis.notListed().getOrDefault(table, otherwise);
    }

    private static List<String> of(OlderTable older, TableFinding finding) {
        List<String> differences = new ArrayList<>();
        List<ColumnFinding> followed = older.followed().stream()
                .flatMap(name -> finding.columns().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name)))
                .toList();
        followed.stream().flatMap(column -> misuse(column, older).stream()).forEach(differences::add);
        boolean missesEdits = older.incremental() && followed.stream().noneMatch(c -> c.role() == ColumnRole.EDIT);
        boolean byKey = older.watermark()
                .filter(column -> finding.key().columns().stream().anyMatch(column::equalsIgnoreCase))
                .isPresent();
        boolean edited = finding.columns().stream().anyMatch(column -> column.role() == ColumnRole.EDIT);
        if (older.incremental() && byKey && edited) {
            differences.add("its key was the watermark, so edited rows were missed; now " + now(finding));
        } else if (missesEdits) {
            differences.add("edits were missed; now " + now(finding));
        } else if (older.whole() && finding.mode() != LoadMode.FULL) {
            differences.add("each load read the whole table; now " + now(finding));
        }
        if (older.strategy().filter("and_logic"::equals).isPresent()) {
            differences.add("and_logic missed rows of which only some cursor columns changed; now or_logic");
        }
        if (!older.ours().isEmpty()) {
            differences.add("options that users added are not imported: " + String.join(", ", older.ours()));
        }
        if (!older.primaryKey().isEmpty() && !sameKey(older, finding)) {
            differences.add("primary_key changes from " + String.join(", ", older.primaryKey()) + " to "
                    + (finding.key().none() ? "none" : finding.key()));
        }
        return differences;
    }

    private static Optional<String> misuse(ColumnFinding column, OlderTable older) {
        return switch (column.role()) {
            case EDIT -> Optional.empty();
            case ENTRY -> older.editedInPlace()
                    ? Optional.of(
                            column.name() + " was used as an edit time, but is an entry time (" + column.reason() + ")")
                    : Optional.empty();
            case BUSINESS -> Optional.of(
                    column.name() + watermark(older) + ", but is a business date (" + column.reason() + ")");
            case EMPTY -> Optional.of(column.name() + watermark(older) + ", but has no valid date");
        };
    }

    private static String watermark(OlderTable older) {
        return older.incremental() ? " was a watermark" : " was listed as a column that shows changes";
    }

    private static String now(TableFinding finding) {
        return finding.mode() == LoadMode.INCREMENTAL
                ? "by "
                        + String.join(
                                " or ",
                                finding.cursors().stream()
                                        .map(ColumnFinding::name)
                                        .toList())
                : finding.mode() == LoadMode.FULL
                        ? "each load compares the whole table"
                        : "loads find new rows by key, and reconcile finds edits";
    }

    private static boolean sameKey(OlderTable older, TableFinding finding) {
        return older.primaryKey().size() == finding.key().columns().size()
                && older.primaryKey().stream()
                        .allMatch(column -> finding.key().columns().stream().anyMatch(column::equalsIgnoreCase));
    }
}
