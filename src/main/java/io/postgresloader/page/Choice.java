package io.postgresloader.page;

import io.postgresloader.monitor.TableRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Which tables the start page shows, and in which order: the parameters of its address.
 *
 * @param show {@link #ALL}, {@link #ATTENTION} or the word of a {@link Mark}
 * @param search a part of the table's name, in any case; empty: every name
 * @param sort the column
 */
public record Choice(String show, String search, Column sort) {
    /** As {@link #show()}: every table. */
    public static final String ALL = "all";

    static final String ATTENTION = "attention";

    /** A column by which the page can be sorted; the largest or oldest first, where that is what one looks for. */
    public enum Column {
        WORST("State", (one, other) -> 0),
        TABLE("Table", Comparator.comparing(TableRow::table)),
        LOADED("Loaded up to", oldestFirst(TableRow::loadedUpTo)),
        COMPLETE("Complete up to", oldestFirst(TableRow::completeUpTo)),
        IN("Inserted", mostFirst(TableRow.DayRows::insertedRows)),
        UPDATED("Updated", mostFirst(TableRow.DayRows::updatedRows)),
        DELETED("Deleted", mostFirst(TableRow.DayRows::deletedRows)),
        DEAD("Dead letters", Comparator.comparing(TableRow::deadLetters).reversed()),
        PROOF("Last proof", oldestFirst(TableRow::verifiedAt));

        private final String heading;
        private final Comparator<TableRow> order;

        Column(String heading, Comparator<TableRow> order) {
            this.heading = heading;
            this.order = order;
        }

        public String heading() {
            return heading;
        }

        /** As in the address. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Comparator<TableRow> oldestFirst(Function<TableRow, Optional<Instant>> time) {
            return Comparator.comparing(table -> time.apply(table).orElse(Instant.EPOCH));
        }

        private static Comparator<TableRow> mostFirst(ToLongFunction<TableRow.DayRows> rows) {
            return Comparator.<TableRow>comparingLong(
                            table -> table.lastDay().map(rows::applyAsLong).orElse(-1L))
                    .reversed();
        }
    }

    /** All tables, the worst first. */
    public static Choice all() {
        return new Choice(ALL, "", Column.WORST);
    }

    /**
     * The choice of an address.
     *
     * @throws IllegalArgumentException if there is no such column, with those that there are
     */
    public static Choice of(String show, String search, String sort) {
        for (Column column : Column.values()) {
            if (column.word().equals(sort)) {
                return new Choice(show, search, column);
            }
        }
        throw new IllegalArgumentException("sort: found '" + sort + "'; allowed: "
                + String.join(
                        ", ",
                        List.of(Column.values()).stream().map(Column::word).toList()));
    }

    /** The tables that it shows, from all of them, the worst first. */
    List<TableRow> of(List<TableRow> tables) {
        String part = search.toLowerCase(Locale.ROOT);
        return tables.stream()
                .filter(table -> table.table().toLowerCase(Locale.ROOT).contains(part))
                .filter(this::shows)
                .sorted(sort.order)
                .toList();
    }

    private boolean shows(TableRow table) {
        return switch (show) {
            case ALL -> true;
            case ATTENTION -> Mark.needsOperator(table);
            default -> Mark.of(table).word().equals(show) || show.equals(table.state());
        };
    }

    /** The address of the start page with this choice, as a relative link. */
    public String link() {
        List<String> parts = new ArrayList<>();
        add(parts, "show", show, ALL);
        add(parts, "sort", sort.word(), Column.WORST.word());
        add(parts, "search", search, "");
        return parts.isEmpty() ? "./" : "./?" + String.join("&", parts);
    }

    Choice showing(String state) {
        return new Choice(state, search, sort);
    }

    Choice sortedBy(Column column) {
        return new Choice(show, search, column);
    }

    private static void add(List<String> parts, String name, String value, String otherwise) {
        if (!value.equals(otherwise)) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
