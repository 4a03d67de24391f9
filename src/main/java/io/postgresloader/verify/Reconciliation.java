package io.postgresloader.verify;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.tracking.ReconcileRecords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The result of comparing and repairing a table.
 *
 * @param reason why the table was compared
 * @param result the result in a word
 * @param found the first comparison
 * @param last the last comparison, which follows the repair; the first one when nothing was repaired
 * @param openDeadLetters the table's open dead letters after the repair, which may have added some
 * @param violations rows that loads should have brought and that were missing or different
 * @param written the rows that the repair wrote
 * @param seconds duration of comparison and repair
 * @param message why it failed or what was not repaired, and what to do; empty: nothing to report
 */
public record Reconciliation(
        String reason,
        Result result,
        Comparison found,
        Comparison last,
        long openDeadLetters,
        long violations,
        RepairCounts written,
        double seconds,
        Optional<String> message) {

    private static final String ASKED_FOR = "asked for";

    /** A comparison without a repair. */
    static Reconciliation of(Comparison found, long openDeadLetters) {
        Result compared = found.proven() ? Result.EQUAL : Result.DIFFERENT;
        return new Reconciliation(
                ASKED_FOR,
                found.failure().isPresent() ? Result.FAILED : compared,
                found,
                found,
                openDeadLetters,
                0,
                RepairCounts.NONE,
                found.seconds(),
                found.failure());
    }

    /** A comparison with the repair that a user asked for. */
    static Reconciliation of(RequestedRepair.Result repair, long openDeadLetters) {
        Comparison after = repair.after();
        Result result = after.proven() && !repair.written().none()
                ? Result.REPAIRED
                : of(after, openDeadLetters).result();
        return new Reconciliation(
                ASKED_FOR,
                repair.leftUndone().isPresent() ? Result.BRAKED : result,
                repair.before(),
                after,
                openDeadLetters,
                0,
                repair.written(),
                repair.before().seconds() + after.seconds(),
                repair.leftUndone().or(after::failure));
    }

    /** The result in a word. */
    public enum Result {
        /** Both sides are equal, except for open dead letters. */
        EQUAL,
        /** Both sides are equal after a repair. */
        REPAIRED,
        /** Some rows still differ. */
        DIFFERENT,
        /** More rows were deleted in the source than the delete limit allows. */
        BRAKED,
        FAILED;

        /**
         * The result of a repair.
         *
         * @param after the comparison made after the repair
         * @param deletes what the table's configuration does with extra rows
         * @param written the rows that the repair wrote
         */
        static Result of(Comparison after, DeletePolicy deletes, RepairCounts written) {
            boolean repaired = after.proven() || after.complete() && !deletes.removes();
            if (!repaired) {
                return DIFFERENT;
            }
            return written.none() ? EQUAL : REPAIRED;
        }

        /** The word in tracking tables, e.g. {@code equal}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the user has to act. */
        public boolean needsAttention() {
            return this == BRAKED || this == FAILED;
        }
    }

    public String table() {
        return found.table();
    }

    /** The result as text, such as {@code equal, 51 dead letters}: equal does not mean that every row has arrived. */
    public String resultText() {
        return result == Result.FAILED ? result.word() : DeadLetters.with(result.word(), openDeadLetters);
    }

    /** Extra rows that were deleted or marked. Routes read it. */
    public long removed() {
        return written.removed();
    }

    /** One line for the log. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d equal, %d missing, %d different, %d extra; %s in %.3f s (%s)%s",
                resultText(),
                found.equal(),
                found.missing(),
                found.different(),
                found.extra(),
                written.describe(),
                seconds,
                reason,
                message.map(text -> ": " + text).orElse(""));
    }

    /**
     * The entry in the tracking tables.
     *
     * @param type {@code reconcile}, {@code adopt} or {@code verify}
     * @param start when the comparison began
     * @param cycle the id of the work that belongs together with it; empty: it belongs to none
     */
    ReconcileRecords.Entry entry(String type, Instant start, Optional<String> cycle) {
        return new ReconcileRecords.Entry(
                UUID.randomUUID().toString(),
                type,
                reason,
                table(),
                result.word(),
                message.orElse(null),
                result == Result.EQUAL || result == Result.REPAIRED,
                start.atOffset(ZoneOffset.UTC),
                seconds,
                found.equal(),
                found.missing(),
                found.different(),
                found.extra(),
                violations,
                began().map(Comparison.Began::epoch).orElse(null),
                last.complete(),
                completeUpTo().map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null),
                last.failure().isPresent() ? null : last.extra(),
                present().orElse(null),
                cycle.orElse(null));
    }

    /**
     * The time up to which the target has every change and delete of the source; empty: this proves none. A repair
     * that leaves extra rows, as {@code deletes: ignore} says, is not enough. When the rows that differed were
     * compared again by key, all others were found equal by the first comparison.
     */
    Optional<Instant> completeUpTo() {
        boolean equal = (result == Result.EQUAL || result == Result.REPAIRED) && last.proven();
        return equal ? began().map(Comparison.Began::horizon) : Optional.empty();
    }

    private Optional<Comparison.Began> began() {
        return last.began().or(found::began);
    }

    /** The rows of the target; empty: some rows of the source are dead letters, which the target may have or not. */
    private Optional<Long> present() {
        return completeUpTo().isPresent() && found.deadLettered() + last.deadLettered() == 0
                ? Optional.of(found.equal() + found.missing() + found.different())
                : Optional.empty();
    }
}
