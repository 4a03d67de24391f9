package io.postgresloader.monitor;

import io.postgresloader.monitor.StatusDocument.Paging;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which tables of a {@link StatusDocument} are listed, and in which order.
 *
 * @param state only tables in this state; empty: in any
 * @param concern only tables with this concern, or {@code any} for those that need attention; empty: all
 * @param search only tables whose name contains this text, in upper or lower case; empty text: all
 * @param page from 1
 * @param size the most tables of a page
 */
public record StatusSelection(
        Optional<String> state,
        Optional<String> concern,
        String search,
        Sort sort,
        boolean descending,
        int page,
        int size) {
    /** A page has all tables of a large source. */
    public static final int DEFAULT_SIZE = 500;

    public static final int GREATEST_SIZE = 1000;

    /** The states that may be asked for. */
    public static final List<String> STATES =
            List.of("pending", "running", "interrupted", "paused", "success", "failed", "no tracking row");

    /** Stands for every concern that needs attention. */
    public static final String ANY = "any";

    /** All tables, the worst first. */
    public static final StatusSelection ALL =
            new StatusSelection(Optional.empty(), Optional.empty(), "", Sort.WORST, false, 1, DEFAULT_SIZE);

    /** By what tables are sorted, upwards unless the reverse is asked for. Tables without the value come last. */
    public enum Sort {
        /** The order of the document: the worst first. */
        WORST(null),
        TABLE(by(row -> Optional.of(row.table().toLowerCase(Locale.ROOT)))),
        STATE(by(row -> Optional.of(row.state()))),
        LOADED_UP_TO(by(TableRow::loadedUpTo)),
        COMPLETE_UP_TO(by(TableRow::completeUpTo)),
        LAST_SUCCESS(by(TableRow::lastSuccess)),
        VERIFIED_AT(by(TableRow::verifiedAt)),
        PRESENT_ROWS(by(TableRow::presentRows)),
        DEAD_LETTERS(by(row -> Optional.of(row.deadLetters()))),
        /** Rows inserted, updated and deleted in the last 24 hours. */
        CHANGED_ROWS(by(row -> row.lastDay().map(day -> day.insertedRows() + day.updatedRows() + day.deletedRows())));

        private final Function<Boolean, Comparator<TableRow>> order;

        Sort(Function<Boolean, Comparator<TableRow>> order) {
            this.order = order;
        }

        /** The word in a query. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Sort> of(String word) {
            return Arrays.stream(values())
                    .filter(sort -> sort.word().equals(word))
                    .findFirst();
        }

        private static <T extends Comparable<T>> Function<Boolean, Comparator<TableRow>> by(
                Function<TableRow, Optional<T>> value) {
            return descending -> {
                Comparator<T> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
                return Comparator.comparing(
                        (TableRow row) -> value.apply(row).orElse(null), Comparator.nullsLast(order));
            };
        }
    }

    /** The document with the tables of this page only; counts and summary stay those of all tables. */
    public StatusDocument of(StatusDocument all) {
        List<TableRow> matching =
                sorted(all.tables().stream().filter(this::matches).collect(Collectors.toList()));
        long from = Math.min(matching.size(), (page - 1L) * size);
        List<TableRow> shown = matching.subList((int) from, (int) Math.min(matching.size(), from + size));
        return all.showing(
                shown, new Paging(page, size, matching.size(), all.tables().size()));
    }

    private List<TableRow> sorted(List<TableRow> rows) {
        if (sort == Sort.WORST) {
            if (descending) {
                Collections.reverse(rows);
            }
            return rows;
        }
        rows.sort(sort.order.apply(descending));
        return rows;
    }

    private boolean matches(TableRow row) {
        return state.filter(wanted -> !wanted.equals(row.state())).isEmpty()
                && concern.filter(wanted -> !concerns(wanted, row)).isEmpty()
                && row.table().toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }

    private static boolean concerns(String wanted, TableRow row) {
        return wanted.equals(ANY)
                ? Arrays.stream(Severity.values())
                        .anyMatch(severity ->
                                severity.needsAttention() && severity.word().equals(row.concern()))
                : wanted.equals(row.concern());
    }
}
