package io.postgresloader.target;

/**
 * A column of an existing target table.
 *
 * @param name its name
 * @param type its type as {@code format_type} spells it; of a domain, the type below it; {@code enum} for any enum type
 * @param required whether a row must bring a value for it: not null, and no default
 * @param writable whether a row may bring a value for it
 */
public record TargetColumn(String name, String type, boolean required, Writable writable) {
    /** Who decides what a column holds. */
    public enum Writable {
        YES,
        /** {@code GENERATED ALWAYS AS (expression)}. */
        GENERATED,
        /** {@code GENERATED ALWAYS AS IDENTITY}. */
        IDENTITY
    }
}
