package io.postgresloader.verify;

import io.postgresloader.model.DeletePolicy;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of comparing and mending a table.
 *
 * @param reason why it was done
 * @param result in a word
 * @param found what the comparison found
 * @param violations rows that loads should have brought, and that were missing or different
 * @param reloaded rows that were inserted or updated
 * @param removed rows that were deleted or marked
 * @param seconds how long it all took
 * @param message why it failed or what was left undone, and what to do; empty when all is well
 */
public record Reconciliation(
        String reason,
        Result result,
        Comparison found,
        long violations,
        long reloaded,
        long removed,
        double seconds,
        Optional<String> message) {

    private static final String ASKED_FOR = "asked for";

    /** A comparison that nothing was mended after. */
    public static Reconciliation of(Comparison found) {
        Result compared = found.proven() ? Result.EQUAL : Result.DIFFERENT;
        return new Reconciliation(
                ASKED_FOR,
                found.failure().isPresent() ? Result.FAILED : compared,
                found,
                0,
                0,
                0,
                found.seconds(),
                found.failure());
    }

    /** A comparison that a person had mended. */
    public static Reconciliation of(Repair.Result repaired) {
        Comparison after = repaired.after();
        boolean mended = repaired.reloaded() + repaired.removed() > 0;
        Result result = after.proven() && mended ? Result.REPAIRED : of(after).result();
        return new Reconciliation(
                ASKED_FOR,
                repaired.refused().isPresent() ? Result.BRAKED : result,
                repaired.before(),
                0,
                repaired.reloaded(),
                repaired.removed(),
                repaired.before().seconds() + after.seconds(),
                repaired.refused().or(after::failure));
    }

    /** How it ended. */
    public enum Result {
        /** Both sides are the same, but for open dead letters. */
        EQUAL,
        /** They are the same now. */
        REPAIRED,
        /** Some rows still differ, or stay on purpose. */
        DIFFERENT,
        /** More rows are gone from the source than may be deleted without being told to. */
        BRAKED,
        FAILED;

        /**
         * What came of mending.
         *
         * @param after the comparison made afterwards
         * @param deletes what is done with rows that only the target has
         * @param mended rows that were loaded again or taken away
         */
        static Result of(Comparison after, DeletePolicy deletes, long mended) {
            boolean asItShouldBe = after.proven() || deletes == DeletePolicy.IGNORE && after.complete();
            if (!asItShouldBe) {
                return DIFFERENT;
            }
            return mended == 0 ? EQUAL : REPAIRED;
        }

        /** The word in tracking tables, e.g. {@code equal}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether somebody should look at it. */
        public boolean calls() {
            return this == BRAKED || this == FAILED;
        }
    }

    public String table() {
        return found.table();
    }

    /** One line for people. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d equal, %d missing, %d different, %d extra, %d in quarantine; %d rows loaded again, %d deleted or"
                        + " marked in %.3f s (%s)%s",
                result.word(),
                found.equal(),
                found.missing(),
                found.different(),
                found.extra(),
                found.quarantined(),
                reloaded,
                removed,
                seconds,
                reason,
                message.map(text -> ": " + text).orElse(""));
    }
}
