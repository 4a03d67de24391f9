package io.postgresloader.model;

/**
 * What became of the rows that were pulled, in rows.
 *
 * @param pulled rows read from the source
 * @param inserted rows whose key was new in the target
 * @param updated rows that differed in the target
 * @param unchanged rows that were equal in the target; nothing was written for them
 * @param deadLettered rows that the target could not take
 * @param mapped values that did not arrive as they are
 */
public record Counts(long pulled, long inserted, long updated, long unchanged, long deadLettered, MappedValues mapped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, MappedValues.NONE);

    public Counts plus(Counts other) {
        return new Counts(
                pulled + other.pulled,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                deadLettered + other.deadLettered,
                mapped.plus(other.mapped));
    }

    /** Whether every row that was pulled is accounted for. */
    public boolean balanced() {
        return pulled == inserted + updated + unchanged + deadLettered;
    }
}
