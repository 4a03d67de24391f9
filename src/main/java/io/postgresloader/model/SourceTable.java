package io.postgresloader.model;

import java.util.List;
import java.util.Optional;

/**
 * A table of the source as it stands now.
 *
 * @param name the name in the source's spelling
 * @param columns all columns in the order of the source
 * @param keys every index that is unique and has no nullable column, the PRIMARY KEY first
 * @param estimatedRows the source's estimate of how many rows it has
 * @param averageRowBytes the source's estimate of a row's size in bytes; 0 when it has none
 * @param transactional whether a row may stay invisible after its key was handed out; not so with MyISAM
 */
public record SourceTable(
        String name,
        List<Column> columns,
        List<Key> keys,
        long estimatedRows,
        long averageRowBytes,
        boolean transactional) {
    /** Up to here a comparison of all rows costs no more than looking for the ones that changed. */
    private static final long SMALL_ROWS = 10_000;

    private static final long SMALL_BYTES = 8L << 20;

    /** Bytes of a table that can be held as a whole, in the smallest heap with the copies that are made of them. */
    public static final long MOST_BYTES_WITHOUT_KEY = 32L << 20;

    public SourceTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** A table of a transactional engine whose size is not known. */
    public SourceTable(String name, List<Column> columns, List<Key> keys, long averageRowBytes) {
        this(name, columns, keys, 0, averageRowBytes, true);
    }

    /** The column of that name: exact spelling first, then as the source compares column names, ignoring case. */
    public Optional<Column> column(String columnName) {
        Optional<Column> exact =
                columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
        return exact.isPresent()
                ? exact
                : columns.stream()
                        .filter(c -> c.name().equalsIgnoreCase(columnName))
                        .findFirst();
    }

    /** This table as if it did not have these columns, whose names may differ in case. */
    public SourceTable without(List<String> excluded) {
        List<Column> kept = columns.stream()
                .filter(column -> excluded.stream().noneMatch(column.name()::equalsIgnoreCase))
                .toList();
        return new SourceTable(name, kept, keys, estimatedRows, averageRowBytes, transactional);
    }

    /** The source's estimate of its size in bytes. */
    public long estimatedBytes() {
        return estimatedRows * averageRowBytes;
    }

    /** Whether it may be read as a whole at each load. */
    public boolean small() {
        return estimatedRows <= SMALL_ROWS && estimatedBytes() <= SMALL_BYTES;
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
