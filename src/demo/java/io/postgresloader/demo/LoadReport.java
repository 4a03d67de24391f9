package io.postgresloader.demo;

import io.postgresloader.app.LoadsDone;
import io.postgresloader.app.TextTable;
import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Reports loads of all tables on lines that fit a terminal. Dead letters and failures come last. */
final class LoadReport {
    private static final int LARGEST = 4;
    private static final int MOST_DEAD_LETTERS = 5;

    private LoadReport() {}

    /**
     * After the first load.
     *
     * @param deadLetters the rows that became dead letters
     * @param everyTable the file that has a line for each table
     */
    static List<String> ofFirst(LoadsDone done, List<DeadLetterRow> deadLetters, Path everyTable) {
        Counts counts = done.counts();
        long arrived = counts.pulled() - counts.deadLettered();
        List<String> lines = new ArrayList<>(List.of(
                "",
                of(loaded(done), done.results().size()) + " tables loaded: " + of(arrived, counts.pulled())
                        + " rows arrived in " + seconds(done.seconds()) + " s, " + rate(arrived, done.seconds())
                        + " rows/s.",
                "Each table has a line in " + everyTable + ".",
                ""));
        lines.addAll(largest(done.results()));
        lines.addAll(deadLetters(deadLetters));
        lines.addAll(failed(done.results()));
        return lines;
    }

    /**
     * After an increment: the tables that had changed.
     *
     * @param everyTable the file that has a line for each table
     */
    static List<String> ofIncrement(LoadsDone done, Path everyTable) {
        List<LoadResult> changed = done.results().stream()
                .filter(load -> load.counts().pulled() > 0)
                .toList();
        List<String> lines = new ArrayList<>(List.of(
                "",
                changed.size() + " of " + done.results().size() + " tables had changed; all were checked in "
                        + seconds(done.seconds()) + " s.",
                "Each table has a line in " + everyTable + ".",
                ""));
        lines.addAll(changes(changed));
        lines.addAll(failed(done.results()));
        return lines;
    }

    private static List<String> largest(List<LoadResult> results) {
        TextTable table = new TextTable("largest tables", ">rows", ">seconds", ">rows/s");
        Comparator<LoadResult> byRows =
                Comparator.comparing(load -> load.counts().pulled());
        results.stream().sorted(byRows.reversed()).limit(LARGEST).forEach(load -> {
            long rows = load.counts().pulled();
            table.add(load.table(), String.valueOf(rows), seconds(load.seconds()), rate(rows, load.seconds()));
        });
        return table.toString().lines().toList();
    }

    private static List<String> changes(List<LoadResult> results) {
        TextTable table =
                new TextTable("table", ">read", ">inserted", ">updated", ">unchanged", ">dead-lettered", ">seconds");
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
        return table.toString().lines().toList();
    }

    private static List<String> deadLetters(List<DeadLetterRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> lines =
                new ArrayList<>(List.of("", "Dead letters, kept as open entries of etl_dead_letter in the target:"));
        for (DeadLetterRow row : rows.subList(0, Math.min(MOST_DEAD_LETTERS, rows.size()))) {
            String column = row.column().isEmpty() ? "" : ", column " + row.column();
            lines.add("  " + row.table() + ", " + row.key() + column + ":");
            lines.add("    " + row.reason());
        }
        if (rows.size() > MOST_DEAD_LETTERS) {
            lines.add("  and " + (rows.size() - MOST_DEAD_LETTERS) + " more");
        }
        return lines;
    }

    private static List<String> failed(List<LoadResult> results) {
        List<String> lines = new ArrayList<>();
        for (LoadResult load : results) {
            load.failure().ifPresent(failure -> lines.addAll(List.of("  " + load.table() + ":", "    " + failure)));
        }
        if (!lines.isEmpty()) {
            lines.addAll(0, List.of("", "Failed:"));
        }
        return lines;
    }

    private static long loaded(LoadsDone done) {
        return done.results().stream()
                .filter(load -> load.outcome() == LoadResult.Outcome.SUCCESS)
                .count();
    }

    private static String of(long part, long all) {
        return part == all ? String.valueOf(all) : part + " of " + all;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    private static String rate(long rows, double seconds) {
        return seconds > 0 ? String.format(Locale.ROOT, "%.0f", rows / seconds) : "-";
    }
}
