package io.postgresloader.load.schema;

import java.util.List;
import java.util.Optional;

/**
 * What prepares a table for a load.
 *
 * @param table the table as its rows are read and written once the target is changed
 * @param change what the target needs first
 * @param survey what a sample showed of a table that another loader has filled
 */
public record Preparation(PreparedTable table, SchemaChange change, Survey survey) {
    /** The preparation of a table that the loader itself has filled. */
    public Preparation(PreparedTable table, SchemaChange change) {
        this(table, change, new Survey(List.of(), Optional.empty()));
    }

    /**
     * What a sample of a table that another loader has filled shows.
     *
     * @param findings the clock of columns, and differences that are the same in many rows, as text
     * @param obstacle why the adoption needs an operator's consent; empty: it needs none
     */
    public record Survey(List<String> findings, Optional<String> obstacle) {
        public Survey {
            findings = List.copyOf(findings);
        }
    }
}
