package io.postgresloader.config.tables;

import java.util.List;
import java.util.Optional;

/**
 * What the older generator wrote of a table, in its own words.
 *
 * @param extraction {@code full_table}, {@code incremental} or {@code incremental_chunked}; empty when it was not said
 * @param primaryKey the key's columns; none when it was not said
 * @param primary {@code primary_incremental_column}, the watermark of its extraction; empty when it was not said
 * @param columns its cursor columns, among them often the key; the primary one first
 * @param strategy {@code or_logic}, {@code and_logic}, {@code single_column} or {@code none}
 * @param editedInPlace whether it took the table for one whose rows are edited
 * @param ours options that a person added, since the older generator does not write them
 */
public record OlderTable(
        String table,
        Optional<String> extraction,
        List<String> primaryKey,
        Optional<String> primary,
        List<String> columns,
        Optional<String> strategy,
        boolean editedInPlace,
        List<String> ours) {
    public OlderTable {
        primaryKey = List.copyOf(primaryKey);
        columns = List.copyOf(columns);
        ours = List.copyOf(ours);
    }

    /** Whether it read the whole table each time. */
    public boolean whole() {
        return extraction.filter("full_table"::equals).isPresent();
    }

    /** Whether it read only what it took for changes. */
    public boolean incremental() {
        return extraction.filter(said -> said.startsWith("incremental")).isPresent();
    }

    /** The columns that it followed: all of them, or the first alone. */
    public List<String> followed() {
        return single() ? columns.stream().limit(1).toList() : columns;
    }

    /** The column whose greatest value was the watermark; empty when there were several. */
    public Optional<String> watermark() {
        return primary.or(
                () -> columns.stream().limit(1).filter(first -> single()).findFirst());
    }

    private boolean single() {
        return strategy.filter("single_column"::equals).isPresent();
    }
}
