package io.postgresloader.app;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.monitor.Severity;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.LockHolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the exit code of {@code status} reports, in one line.
 *
 * @param needed whether the exit code is 1
 * @param line what needs attention, by name; empty: nothing is to be said
 */
record StatusAttention(boolean needed, Optional<String> line) {
    /** More tables are counted, not named. */
    private static final int NAMED = 10;

    /**
     * @param tables the tables that are shown; those that are paused or not in the table list only count as paused
     * @param loaders the loaders that run, or the last that did
     * @param silent the processes that hold tables and give no sign any more
     * @param allowed so many open dead letters are accepted
     */
    static StatusAttention of(
            List<TableHealth> tables, List<LoaderRecords.Loader> loaders, List<LockHolder> silent, long allowed) {
        List<TableHealth> judged = tables.stream()
                .filter(table -> table.severity() != Severity.PAUSED && table.severity() != Severity.NOT_CONFIGURED)
                .toList();
        List<String> needed = new ArrayList<>();
        add(needed, "failed: ", judged, table -> table.severity() == Severity.FAILED);
        add(needed, "without a success for three periods: ", judged, TableHealth::overdue);
        add(needed, "stopped at the delete limit: ", judged, table -> comparison(table, "braked"));
        add(needed, "comparison failed: ", judged, table -> comparison(table, "failed"));
        long open = judged.stream()
                .mapToLong(table -> table.line().openDeadLetters())
                .sum();
        List<String> said = new ArrayList<>();
        if (open > allowed) {
            needed.add(deadLetters(judged, open));
        } else if (open > 0) {
            said.add(deadLetters(judged, open) + ", accepted by --allow-dead-letters");
        }
        loaders.stream()
                .filter(loader -> loader.state() == LoaderRecords.State.NOT_SEEN)
                .forEach(loader -> needed.add(LoaderText.of(loader)));
        silent.forEach(holder -> needed.add(holder.table() + ": " + holder));
        add(said, "paused: ", tables, table -> table.severity() == Severity.PAUSED);
        return of(needed, said);
    }

    private static StatusAttention of(List<String> needed, List<String> said) {
        List<String> all = new ArrayList<>(needed);
        all.addAll(said);
        return new StatusAttention(
                !needed.isEmpty(), all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all)));
    }

    private static boolean comparison(TableHealth table, String result) {
        return table.comparisonFailed()
                && table.line().verifyResult().orElse("").equals(result);
    }

    private static String deadLetters(List<TableHealth> tables, long open) {
        List<String> names = tables.stream()
                .filter(table -> table.line().openDeadLetters() > 0)
                .map(table -> table.line().table() + " " + table.line().openDeadLetters())
                .toList();
        return (open == 1 ? "1 dead letter is open: " : DeadLetters.count(open) + " are open: ") + named(names);
    }

    private static void add(List<String> parts, String what, List<TableHealth> tables, Predicate<TableHealth> which) {
        List<String> names =
                tables.stream().filter(which).map(table -> table.line().table()).toList();
        if (!names.isEmpty()) {
            parts.add(what + named(names));
        }
    }

    private static String named(List<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more tables" : first;
    }
}
