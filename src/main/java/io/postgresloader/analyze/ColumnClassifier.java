package io.postgresloader.analyze;

import io.postgresloader.model.Column;
import java.util.Locale;
import java.util.Optional;

/** Determines the role of a column: from its declaration, else from the sampled rows, else from its name. */
final class ColumnClassifier {
    private ColumnClassifier() {}

    /** @param randomKeys whether keys are handed out at random, so that their order shows nothing */
    static ColumnFinding classify(Column column, Optional<String> index, ColumnEvidence evidence, boolean randomKeys) {
        Verdict verdict = verdict(column, evidence, randomKeys);
        return new ColumnFinding(column, verdict.role, index, evidence, verdict.reason);
    }

    private record Verdict(ColumnRole role, String reason) {}

    private static Verdict verdict(Column column, ColumnEvidence evidence, boolean randomKeys) {
        if (evidence.empty()) {
            return new Verdict(ColumnRole.EMPTY, "no valid date in the sample");
        }
        if (column.setOnUpdate()) {
            return new Verdict(ColumnRole.EDIT, "set by the source on each update (ON UPDATE)");
        }
        if (evidence.reachesIntoTheFuture()) {
            return new Verdict(
                    ColumnRole.BUSINESS,
                    percent(evidence.future(), evidence.inside()) + " of the dates are in the" + " future");
        }
        if (randomKeys) {
            return byName(column);
        }
        return NameHint.of(column.name()) == NameHint.EDIT ? namedEdit(evidence) : byOrder(column, evidence);
    }

    /** With random keys every column is out of key order. A name alone may show new rows, but proves no edit time. */
    private static Verdict byName(Column column) {
        return switch (NameHint.of(column.name())) {
            case EDIT -> new Verdict(
                    ColumnRole.ENTRY,
                    "its name suggests an edit time, but keys are random, so that the sample cannot show that edits"
                            + " change it");
            case ENTRY -> new Verdict(
                    ColumnRole.ENTRY,
                    "its name suggests an entry time; keys are random, so that the sample cannot" + " confirm it");
            case NOTHING -> new Verdict(ColumnRole.BUSINESS, "nothing indicates that edits change it");
        };
    }

    /** An edit time is out of key order in edited rows. If no sampled row is out of order, the name is wrong. */
    private static Verdict namedEdit(ColumnEvidence evidence) {
        if (!evidence.showsOrder()) {
            return new Verdict(
                    ColumnRole.EDIT, "its name suggests an edit time; the sample is too small to confirm" + " it");
        }
        return evidence.back() > 0
                ? new Verdict(
                        ColumnRole.EDIT,
                        "its name suggests an edit time, and " + percent(evidence.back(), evidence.pairs()) + " of"
                                + " the sample is out of key order")
                : new Verdict(
                        ColumnRole.ENTRY,
                        "its name suggests an edit time, but the sample is in key order:" + " edits do not change it");
    }

    private static Verdict byOrder(Column column, ColumnEvidence evidence) {
        if (evidence.inKeyOrder()) {
            return new Verdict(
                    ColumnRole.ENTRY,
                    percent(evidence.pairs() - evidence.back(), evidence.pairs()) + " in key order: set when the row"
                            + " is entered");
        }
        if (NameHint.of(column.name()) == NameHint.ENTRY && !evidence.showsOrder()) {
            return new Verdict(
                    ColumnRole.ENTRY, "its name suggests an entry time; the sample is too small to" + " confirm it");
        }
        return new Verdict(
                ColumnRole.BUSINESS,
                evidence.showsOrder()
                        ? "not in key order, and nothing indicates that edits change it"
                        : "nothing indicates that edits change it");
    }

    static String percent(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return String.format(
                Locale.ROOT,
                percent > 0 && percent < 1 || percent > 99 && percent < 100 ? "%.1f%%" : "%.0f%%",
                percent);
    }
}
