package io.postgresloader.model;

/**
 * Numbers of values that a policy changed. They count values, not rows.
 *
 * @param zeroDates dates {@code 0000-00-00} that became NULL or another day
 * @param nulStripped texts that lost a NUL character
 * @param textReplaced texts in which invalid bytes were replaced
 */
public record MappedValues(long zeroDates, long nulStripped, long textReplaced) {
    public static final MappedValues NONE = new MappedValues(0, 0, 0);

    public MappedValues plus(MappedValues other) {
        return new MappedValues(
                zeroDates + other.zeroDates, nulStripped + other.nulStripped, textReplaced + other.textReplaced);
    }
}
