package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps rows that this process cannot hold in memory in the source: it sends a marker in place of their long values, and
 * the row becomes a dead letter. The driver has no limit of its own that helps: it applies {@code maxAllowedPacket} to
 * each 16 MB of a row alone.
 *
 * @param names the columns of the row
 * @param columns the places of those whose values can be long enough
 * @param limit the size of their values together, in bytes, from which a row is not sent
 */
record LargeRows(List<String> names, List<Integer> columns, long limit) {
    /** A value of 64 KB, as the other types have, fits into any heap. */
    private static final Set<String> TYPES = Set.of("mediumtext", "longtext", "mediumblob", "longblob", "json");

    /** A row is in memory as packet, as value and twice as long as hexadecimal digits, and the next page is read. */
    private static final int COPIES = 12;

    /** PostgreSQL accepts lines of less than a gigabyte. */
    private static final long LONGEST_LINE = (1 << 30) - (1 << 20);

    /** A value that is this text is taken for the marker; its row becomes a dead letter, too. */
    private static final String MARKER = "postgresloader: not sent, too large for its memory";

    private static final byte[] MARKED = MARKER.getBytes(StandardCharsets.US_ASCII);

    LargeRows {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /** With the limit that follows from the heap of this process. */
    static LargeRows of(List<Column> columns) {
        return of(columns, Math.min(LONGEST_LINE, Runtime.getRuntime().maxMemory() / COPIES));
    }

    static LargeRows of(List<Column> columns, long limit) {
        return new LargeRows(
                columns.stream().map(Column::name).toList(),
                IntStream.range(0, columns.size())
                        .filter(i -> TYPES.contains(columns.get(i).dataType()))
                        .boxed()
                        .toList(),
                limit);
    }

    /**
     * The SELECT expressions, with the marker in rows that are too large.
     *
     * @param quoted the quoted names of all columns of the row
     * @param expressions the expression that selects each
     */
    List<String> guarded(List<String> quoted, List<String> expressions) {
        if (columns.isEmpty()) {
            return expressions;
        }
        String size = columns.size() == 1
                ? "LENGTH(" + quoted.get(columns.get(0)) + ")"
                : columns.stream()
                        .map(i -> "IFNULL(LENGTH(" + quoted.get(i) + "), 0)")
                        .collect(Collectors.joining(" + "));
        List<String> guarded = new ArrayList<>(expressions);
        columns.forEach(
                i -> guarded.set(i, "IF(" + size + " > " + limit + ", '" + MARKER + "', " + expressions.get(i) + ")"));
        return guarded;
    }

    /** The first long column and the failure of a row that was not sent; empty if it was. */
    Optional<RowFault> failure(RawRow row) {
        boolean sent = columns.isEmpty() || !row.equal(columns.get(0), MARKED);
        return sent ? Optional.empty() : Optional.of(new RowFault(names.get(columns.get(0)), tooLarge()));
    }

    private Failure tooLarge() {
        return new Failure(
                FailureKind.ROW_DATA,
                Optional.of("54000"),
                "the row is larger than " + (limit >> 20) + " MB, too large for the loader's memory of "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MB: give Java more (-Xmx), at least " + COPIES
                        + " times the row, and run replay; or exclude columns");
    }
}
