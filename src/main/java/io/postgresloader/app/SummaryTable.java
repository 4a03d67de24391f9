package io.postgresloader.app;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import java.util.Locale;

/**
 * The summary of {@code once}, {@code replay} and {@code demo}: one line per load, and the sum with the wall-clock
 * time.
 */
public final class SummaryTable {
    private SummaryTable() {}

    public static String of(LoadsDone done) {
        TextTable table = new TextTable(
                "table",
                "outcome",
                "load",
                ">rows",
                ">inserted",
                ">updated",
                ">unchanged",
                ">dead letters",
                ">seconds",
                ">rows/s",
                "reason");
        done.results().forEach(result -> add(table, result));
        table.add(cells("all " + done.results().size(), "", "", done.counts(), done.seconds(), ""));
        return table.toString();
    }

    private static void add(TextTable table, LoadResult result) {
        table.add(cells(
                result.table(),
                result.outcome().name().toLowerCase(Locale.ROOT),
                result.type().map(LoadType::word).orElse("-"),
                result.counts(),
                result.seconds(),
                result.failure().map(Object::toString).orElse(result.reason())));
    }

    private static String[] cells(
            String table, String outcome, String type, Counts counts, double seconds, String reason) {
        return new String[] {
            table,
            outcome,
            type,
            String.valueOf(counts.pulled()),
            String.valueOf(counts.inserted()),
            String.valueOf(counts.updated()),
            String.valueOf(counts.unchanged()),
            String.valueOf(counts.deadLettered()),
            String.format(Locale.ROOT, "%.2f", seconds),
            seconds > 0 ? String.format(Locale.ROOT, "%.0f", counts.pulled() / seconds) : "-",
            reason
        };
    }
}
