package io.postgresloader.demo;

import io.postgresloader.app.LoadsDone;
import io.postgresloader.app.TextTable;
import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a person wants to know after loads of all tables, on lines of at most 80 characters. */
final class LoadReport {
    private static final int LARGEST = 4;
    private static final int MOST_REFUSED = 5;

    private LoadReport() {}

    /**
     * After the first load.
     *
     * @param refused the rows that did not arrive
     * @param everyTable the file that has a line for each table
     */
    static String ofFirst(LoadsDone done, List<RefusedRow> refused, Path everyTable) {
        Counts counts = done.counts();
        return lines(
                done.results().size() + " tables loaded: " + counts.pulled() + " rows in " + seconds(done.seconds())
                        + " s, " + rate(counts.pulled(), done.seconds()) + " rows/s.",
                (refused.isEmpty() ? "All rows arrived." : "All rows arrived but " + refused.size() + ".")
                        + " A line for each table is in " + everyTable + ".",
                "",
                largest(done.results()) + failed(done) + refused(refused));
    }

    /** After an increment: the tables in which anything had changed. */
    static String ofIncrement(LoadsDone done, Path everyTable) {
        List<LoadResult> changed = done.results().stream()
                .filter(load -> load.counts().pulled() > 0)
                .toList();
        return lines(
                changed.size() + " of " + done.results().size() + " tables had changed; all were looked at in "
                        + seconds(done.seconds()) + " s.",
                "A line for each table is in " + everyTable + ".",
                "",
                changes(changed) + failed(done));
    }

    private static String largest(List<LoadResult> results) {
        TextTable table = new TextTable("largest tables", ">rows", ">seconds", ">rows/s");
        results.stream()
                .sorted(Comparator.comparing((LoadResult load) -> load.counts().pulled())
                        .reversed())
                .limit(LARGEST)
                .forEach(load -> table.add(
                        load.table(),
                        String.valueOf(load.counts().pulled()),
                        seconds(load.seconds()),
                        rate(load.counts().pulled(), load.seconds())));
        return table.toString();
    }

    private static String changes(List<LoadResult> results) {
        TextTable table =
                new TextTable("table", ">read", ">inserted", ">updated", ">unchanged", ">refused", ">seconds");
        for (LoadResult load : results) {
            Counts counts = load.counts();
            table.add(
                    load.table(),
                    String.valueOf(counts.pulled()),
                    String.valueOf(counts.inserted()),
                    String.valueOf(counts.updated()),
                    String.valueOf(counts.unchanged()),
                    String.valueOf(counts.deadLettered()),
                    seconds(load.seconds()));
        }
        return table.toString();
    }

    private static String failed(LoadsDone done) {
        StringBuilder text = new StringBuilder();
        done.results().stream()
                .filter(load -> load.failure().isPresent())
                .forEach(load -> text.append(
                        lines(load.table() + " failed:", "    " + load.failure().get())));
        return text.isEmpty() ? "" : System.lineSeparator() + text;
    }

    private static String refused(List<RefusedRow> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text =
                new StringBuilder(lines("", "Refused, and kept as open entries of etl_dead_letter in the target:"));
        rows.stream()
                .limit(MOST_REFUSED)
                .forEach(row -> text.append(lines(
                        "  " + row.table() + ", " + row.key()
                                + (row.column().isEmpty() ? "" : ", column " + row.column()) + ":",
                        "    " + row.reason())));
        if (rows.size() > MOST_REFUSED) {
            text.append(lines("  and " + (rows.size() - MOST_REFUSED) + " more"));
        }
        return text.toString();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    private static String rate(long rows, double seconds) {
        return seconds > 0 ? String.format(Locale.ROOT, "%.0f", rows / seconds) : "-";
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
