package io.postgresloader.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What happens to values of a column that PostgreSQL stores differently or not at all. Values that a policy changes are
 * counted in {@link MappedValues}; rows that a policy rejects become dead letters.
 *
 * @param nulCharacters texts with a NUL character, which PostgreSQL cannot store
 * @param invalidText texts whose bytes are not valid in their own character set
 * @param zeroDates the date {@code 0000-00-00}
 * @param tinyint1 the type that {@code tinyint(1)} becomes in a table that the loader creates
 * @param time the type that {@code time} becomes in a table that the loader creates
 * @param timestamps the clock in which {@code timestamp} is stored; empty: that of the values that the target has
 */
public record ValuePolicies(
        NulCharacters nulCharacters,
        InvalidText invalidText,
        ZeroDates zeroDates,
        Tinyint1 tinyint1,
        Time time,
        Optional<Timestamps> timestamps) {

    /** No value is changed silently: a row with a value that cannot be stored becomes a dead letter. */
    public static final ValuePolicies DEFAULT = new ValuePolicies(
            NulCharacters.REJECT, InvalidText.REJECT, ZeroDates.NULL, Tinyint1.SMALLINT, Time.INTERVAL);

    /** Policies that leave the clock of {@code timestamp} open. */
    public ValuePolicies(
            NulCharacters nulCharacters, InvalidText invalidText, ZeroDates zeroDates, Tinyint1 tinyint1, Time time) {
        this(nulCharacters, invalidText, zeroDates, tinyint1, time, Optional.empty());
    }

    /** The same types and clock, but no policy changes a value. */
    ValuePolicies rejecting() {
        return new ValuePolicies(
                NulCharacters.REJECT, InvalidText.REJECT, ZeroDates.REJECT, tinyint1, time, timestamps);
    }

    /** What happens to a text with a NUL character. */
    public enum NulCharacters {
        /** The row is a dead letter. */
        REJECT,
        /** The text is stored without the character. */
        STRIP
    }

    /** What happens to a text that is not valid in its character set. */
    public enum InvalidText {
        /** The row is a dead letter. */
        REJECT,
        /** U+FFFD, the replacement character, replaces each invalid sequence. */
        REPLACE
    }

    /** The target type of {@code tinyint(1)}. */
    public enum Tinyint1 {
        SMALLINT,
        /** 0 and 1 become false and true; rows with other numbers are dead letters. */
        BOOLEAN
    }

    /** The target type of {@code time}. MySQL's range is -838:59:59 to 838:59:59. */
    public enum Time {
        INTERVAL,
        /** Rows with a time outside of a day are dead letters. */
        TIME
    }

    /** The clock in which a {@code timestamp} is stored; a {@code timestamp with time zone} is an instant in any case. */
    public enum Timestamps {
        /** The instant in UTC. */
        UTC,
        /** The wall clock of the source's zone. */
        LOCAL
    }

    /**
     * What happens to {@code 0000-00-00}.
     *
     * @param reject whether the row is a dead letter
     * @param day the day that replaces the date; empty: NULL
     */
    public record ZeroDates(boolean reject, Optional<LocalDate> day) {
        public static final ZeroDates NULL = new ZeroDates(false, Optional.empty());
        public static final ZeroDates REJECT = new ZeroDates(true, Optional.empty());

        public static ZeroDates as(LocalDate day) {
            return new ZeroDates(false, Optional.of(day));
        }
    }
}
