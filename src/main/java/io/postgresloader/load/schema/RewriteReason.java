package io.postgresloader.load.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** A difference that another loader makes in many rows alike, so that it says nothing about stale rows. */
enum RewriteReason {
    /** A stale row is hardly ever off by whole quarters of an hour, so few rows show it as well as many. */
    CLOCK("are in another time zone", "set timestamps or SOURCE_TIME_ZONE to the clock that they show", 0),
    /** In a {@code timestamp with time zone}, which has no clock to choose. */
    INSTANT(
            "are in another time zone",
            "make it a timestamp without time zone there, or leave the column out with exclude_columns",
            0),
    /** A DATETIME. The users of the source move such times by hours, too. */
    SHIFTED("are in another time zone", "leave the column out with exclude_columns", RewriteReason.FEW),
    ROUNDED("are rounded", "leave the column out with exclude_columns", RewriteReason.FEW),
    TRIMMED("are without the blanks at their ends", "leave the column out with exclude_columns", RewriteReason.FEW),
    EMPTY_AS_NULL("are NULL instead of an empty text", "leave the column out with exclude_columns", RewriteReason.FEW),
    AS_BOOLEAN("are 1 instead of a greater number", "leave the column out with exclude_columns", RewriteReason.FEW);

    /** Fewer rows are rewritten in any case: the sample does not show whether they are a habit or a few stale rows. */
    private static final long FEW = 100;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");
    private static final String NO_OFFSET = "+00";
    private static final Duration QUARTER = Duration.ofMinutes(15);
    /** The zones of the world are at most 26 hours apart. */
    private static final Duration FARTHEST = Duration.ofHours(26);

    private final String difference;
    private final String cure;
    private final long few;

    RewriteReason(String difference, String cure, long few) {
        this.difference = difference;
        this.cure = cure;
        this.few = few;
    }

    /** What the values in the target are, to follow "the values". */
    String difference() {
        return difference;
    }

    /** What to do so that nothing needs to be rewritten, as an imperative. */
    String cure() {
        return cure;
    }

    /** So many rows are rewritten without an operator's consent. */
    long few() {
        return few;
    }

    /**
     * Why two cells in COPY format differ; empty: they do not, or for no reason that is the same in many rows.
     *
     * @param sourceType the data type in the source
     * @param targetType the type in the target
     */
    static Optional<RewriteReason> of(String sourceType, String targetType, String source, String target) {
        if (source.equals(target)) {
            return Optional.empty();
        }
        if (source.isEmpty() && target.equals("\\N")) {
            return Optional.of(EMPTY_AS_NULL);
        }
        String time = target.endsWith(NO_OFFSET) ? target.substring(0, target.length() - NO_OFFSET.length()) : target;
        if (TIME.matcher(source).matches() && TIME.matcher(time).matches()) {
            return ofTimes(ofShift(sourceType, targetType), source, time);
        }
        if (NUMBER.matcher(source).matches()) {
            return ofNumbers(source, target);
        }
        return source.strip().equals(target.strip()) && source.length() > target.length()
                ? Optional.of(TRIMMED)
                : Optional.empty();
    }

    /** Why values of a column differ by a number of hours; empty if they are no times, but text for example. */
    private static Optional<RewriteReason> ofShift(String sourceType, String targetType) {
        if (!sourceType.equals("timestamp") && !sourceType.equals("datetime")) {
            return Optional.empty();
        }
        if (targetType.endsWith(" with time zone")) {
            return Optional.of(INSTANT);
        }
        return Optional.of(sourceType.equals("timestamp") ? CLOCK : SHIFTED);
    }

    private static Optional<RewriteReason> ofTimes(Optional<RewriteReason> ofShift, String source, String target) {
        try {
            LocalDateTime one = LocalDateTime.parse(source.replace(' ', 'T'));
            LocalDateTime other = LocalDateTime.parse(target.replace(' ', 'T'));
            Duration apart = Duration.between(one, other).abs();
            if (apart.isZero()) {
                return Optional.empty();
            }
            boolean zones = apart.compareTo(FARTHEST) <= 0 && apart.toMillis() % QUARTER.toMillis() == 0;
            if (ofShift.isPresent() && zones) {
                return ofShift;
            }
            boolean rounded = other.getNano() == 0 && one.getNano() != 0 && apart.compareTo(Duration.ofSeconds(1)) < 0;
            return rounded ? Optional.of(ROUNDED) : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<RewriteReason> ofNumbers(String source, String target) {
        BigDecimal one = new BigDecimal(source);
        if (target.equals("t") || target.equals("1")) {
            return one.scale() == 0 && one.compareTo(BigDecimal.ONE) > 0 ? Optional.of(AS_BOOLEAN) : Optional.empty();
        }
        if (!NUMBER.matcher(target).matches()) {
            return Optional.empty();
        }
        BigDecimal other = new BigDecimal(target);
        boolean rounded = one.compareTo(other) != 0
                && one.scale() > other.scale()
                && (one.setScale(other.scale(), RoundingMode.HALF_UP).equals(other)
                        || one.setScale(other.scale(), RoundingMode.DOWN).equals(other));
        return rounded ? Optional.of(ROUNDED) : Optional.empty();
    }
}
