package io.postgresloader.config.tables;

import java.util.List;
import java.util.Optional;

/**
 * The entry of a table as the older generator wrote it.
 *
 * @param extraction {@code full_table}, {@code incremental} or {@code incremental_chunked}; empty if absent
 * @param primaryKey the key's columns; none if absent
 * @param primary {@code primary_incremental_column}, the watermark of its extraction; empty if absent
 * @param columns its cursor columns, which often include the key; the primary one first
 * @param strategy {@code or_logic}, {@code and_logic}, {@code single_column} or {@code none}
 * @param editedInPlace whether it classified the table as one whose rows are edited
 * @param ours options that a user added, since the older generator does not write them
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

    /** Whether the older loader read the whole table each time. */
    public boolean whole() {
        return extraction.filter("full_table"::equals).isPresent();
    }

    /** Whether the older loader read only changed rows. */
    public boolean incremental() {
        return extraction.filter(said -> said.startsWith("incremental")).isPresent();
    }

    /** The columns that the older loader used as cursors: all, or only the first. */
    public List<String> followed() {
        return single() ? columns.stream().limit(1).toList() : columns;
    }

    /** The column whose greatest value was the watermark; empty if there were several. */
    public Optional<String> watermark() {
        return primary.or(
                () -> columns.stream().limit(1).filter(first -> single()).findFirst());
    }

    private boolean single() {
        return strategy.filter("single_column"::equals).isPresent();
    }
}
