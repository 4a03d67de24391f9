package io.postgresloader.model;

import java.util.List;
import java.util.Optional;

/**
 * The current schema of a table of the source.
 *
 * @param name the name in the source's spelling
 * @param columns all columns in the order of the source
 * @param keys every index that is unique and has no nullable column, the PRIMARY KEY first
 * @param estimatedRows the source's estimate of the number of rows
 * @param averageRowBytes the source's estimate of a row's size in bytes; 0: unknown
 * @param transactional whether a row may be invisible after its key was assigned; false with MyISAM
 * @param scanBytes the bytes that a scan of all rows reads, if the engine reads many rows at a time in a scan and one at a
 *     time by a key, as MyISAM does; 0: reading by the key is as cheap
 */
public record SourceTable(
        String name,
        List<Column> columns,
        List<Key> keys,
        long estimatedRows,
        long averageRowBytes,
        boolean transactional,
        long scanBytes) {
    /** Up to this size, comparing all rows costs no more than finding those that changed. */
    private static final long SMALL_ROWS = 10_000;

    private static final long SMALL_BYTES = 8L << 20;

    /** The size of a table that fits completely into the smallest heap, including copies. */
    public static final long MOST_BYTES_WITHOUT_KEY = 32L << 20;

    public SourceTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** A table that is as well read by its key as by a scan. */
    public SourceTable(
            String name,
            List<Column> columns,
            List<Key> keys,
            long estimatedRows,
            long averageRowBytes,
            boolean transactional) {
        this(name, columns, keys, estimatedRows, averageRowBytes, transactional, 0);
    }

    /** A table of a transactional engine whose size is not known. */
    public SourceTable(String name, List<Column> columns, List<Key> keys, long averageRowBytes) {
        this(name, columns, keys, 0, averageRowBytes, true);
    }

    /** The column of that name: exact spelling first, then ignoring case, as the source compares column names. */
    public Optional<Column> column(String columnName) {
        Optional<Column> exact =
                columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
        return exact.isPresent()
                ? exact
                : columns.stream()
                        .filter(c -> c.name().equalsIgnoreCase(columnName))
                        .findFirst();
    }

    /** This table without these columns, whose names may differ in case. */
    public SourceTable without(List<String> excluded) {
        List<Column> kept = columns.stream()
                .filter(column -> excluded.stream().noneMatch(column.name()::equalsIgnoreCase))
                .toList();
        return new SourceTable(name, kept, keys, estimatedRows, averageRowBytes, transactional, scanBytes);
    }

    /**
     * The key that identifies a row unless another is configured: the first whose columns can be used for paging, or the
     * first of all; empty: the table has none. A key that is bound by its values comes before one with numbers in place
     * of values, which older versions did not use: tables keep the key by which they were loaded.
     */
    public Optional<Key> ownKey() {
        return keys.stream()
                .filter(this::pageable)
                .filter(key -> key.columns().stream()
                        .noneMatch(name -> column(name).orElseThrow().boundByNumber()))
                .findFirst()
                .or(() -> keys.stream().filter(this::pageable).findFirst())
                .or(() -> keys.stream().findFirst());
    }

    /** Whether all columns of a key can be used for paging. */
    public boolean pageable(Key key) {
        return key.columns().stream()
                .allMatch(name -> column(name).filter(Column::pageable).isPresent());
    }

    /** The source's estimate of the table's size in bytes. */
    public long estimatedBytes() {
        return estimatedRows * averageRowBytes;
    }

    /** Whether the table is small enough for a full load each time. */
    public boolean small() {
        return estimatedRows <= SMALL_ROWS && estimatedBytes() <= SMALL_BYTES;
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
