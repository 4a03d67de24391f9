package io.postgresloader.model;

/**
 * The results of the rows that were pulled, as numbers of rows.
 *
 * @param pulled rows read from the source
 * @param inserted rows whose key was new in the target
 * @param updated rows that differed in the target
 * @param unchanged rows that were equal in the target; nothing was written for them
 * @param deadLettered rows that could not be written
 * @param mapped values that a policy changed
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

    /** Whether every pulled row has a result. */
    public boolean balanced() {
        return pulled == inserted + updated + unchanged + deadLettered;
    }
}
