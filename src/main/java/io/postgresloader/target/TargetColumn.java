package io.postgresloader.target;

import java.util.Optional;

/**
 * A column of an existing target table.
 *
 * @param name its name
 * @param type its type as {@code format_type} spells it; of a domain, the type below it; {@code enum} for any enum type
 * @param required whether a row must bring a value for it: not null, and no default
 * @param writable whether a row may bring a value for it
 * @param folds the operator by which the column takes several texts for equal, such as {@code OPERATOR("public".=)} of
 *     citext, or {@code =} with a collation that is not deterministic; empty: each value has one text
 * @param defaultsToNow whether a row that brings no value gets the start of its transaction
 */
public record TargetColumn(
        String name, String type, boolean required, Writable writable, Optional<String> folds, boolean defaultsToNow) {
    /** A column in which each value has one text. */
    public TargetColumn(String name, String type, boolean required, Writable writable) {
        this(name, type, required, writable, Optional.empty());
    }

    /** A column whose default, if it has one, is not the start of the transaction. */
    public TargetColumn(String name, String type, boolean required, Writable writable, Optional<String> folds) {
        this(name, type, required, writable, folds, false);
    }

    /** Who decides what a column holds. */
    public enum Writable {
        YES,
        /** {@code GENERATED ALWAYS AS (expression)}. */
        GENERATED,
        /** {@code GENERATED ALWAYS AS IDENTITY}. */
        IDENTITY
    }
}
