package io.postgresloader.app;

import io.postgresloader.verify.Comparison;
import io.postgresloader.verify.Reconciliation;
import java.util.List;
import java.util.Locale;

/** What {@code once} prints about the tables that it reconciled: one line per table. */
final class ReconcileTable {
    private ReconcileTable() {}

    static String of(List<Reconciliation> reconciliations) {
        TextTable table = new TextTable(
                "table",
                "compared",
                ">equal",
                ">missing",
                ">different",
                ">extra",
                ">loaded again",
                ">deleted",
                ">seconds",
                "reason");
        for (Reconciliation done : reconciliations) {
            Comparison found = done.found();
            table.add(
                    done.table(),
                    done.resultText(),
                    String.valueOf(found.equal()),
                    String.valueOf(found.missing()),
                    String.valueOf(found.different()),
                    String.valueOf(found.extra()),
                    String.valueOf(done.written().loaded()),
                    String.valueOf(done.removed()),
                    String.format(Locale.ROOT, "%.2f", done.seconds()),
                    done.message().map(text -> done.reason() + ": " + text).orElse(done.reason()));
        }
        return table.toString();
    }
}
