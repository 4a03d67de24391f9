package io.postgresloader.analyze;

import io.postgresloader.model.Column;
import java.util.Locale;
import java.util.Optional;

/** Gives a column its role: what the source declares goes before what the rows show, and that before the name. */
final class ColumnJudge {
    private ColumnJudge() {}

    static ColumnFinding judge(Column column, Optional<String> index, ColumnEvidence evidence) {
        Verdict verdict = verdict(column, evidence);
        return new ColumnFinding(column, verdict.role, index, evidence, verdict.reason);
    }

    private record Verdict(ColumnRole role, String reason) {}

    private static Verdict verdict(Column column, ColumnEvidence evidence) {
        if (evidence.empty()) {
            return new Verdict(ColumnRole.EMPTY, "no real date in the sample");
        }
        if (column.setOnUpdate()) {
            return new Verdict(ColumnRole.EDIT, "set by the source on every edit: ON UPDATE");
        }
        if (evidence.reachesIntoTheFuture()) {
            return new Verdict(
                    ColumnRole.BUSINESS, percent(evidence.future(), evidence.inside()) + " lie in the future");
        }
        return NameHint.of(column.name()) == NameHint.EDIT ? namedEdit(evidence) : byOrder(column, evidence);
    }

    /** Edits move a date away from the order in which rows were entered; without any such row there is no proof. */
    private static Verdict namedEdit(ColumnEvidence evidence) {
        if (!evidence.tellsOrder()) {
            return new Verdict(ColumnRole.EDIT, "named an edit time; too few rows to see whether it moves");
        }
        return evidence.back() > 0
                ? new Verdict(
                        ColumnRole.EDIT,
                        "named an edit time, and out of key order in " + percent(evidence.back(), evidence.pairs())
                                + " of the sample")
                : new Verdict(ColumnRole.ENTRY, "named an edit time, but in key order throughout: no edit moves it");
    }

    private static Verdict byOrder(Column column, ColumnEvidence evidence) {
        if (evidence.inKeyOrder()) {
            return new Verdict(
                    ColumnRole.ENTRY,
                    percent(evidence.pairs() - evidence.back(), evidence.pairs()) + " in key order: set on entry");
        }
        if (NameHint.of(column.name()) == NameHint.ENTRY && !evidence.tellsOrder()) {
            return new Verdict(ColumnRole.ENTRY, "named an entry time; too few rows to see its order");
        }
        return new Verdict(
                ColumnRole.BUSINESS,
                evidence.tellsOrder()
                        ? "neither in key order nor known to move with edits"
                        : "nothing says that it moves with edits");
    }

    static String percent(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return String.format(
                Locale.ROOT,
                percent > 0 && percent < 1 || percent > 99 && percent < 100 ? "%.1f%%" : "%.0f%%",
                percent);
    }
}
