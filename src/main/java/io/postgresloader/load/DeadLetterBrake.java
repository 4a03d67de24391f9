package io.postgresloader.load;

import io.postgresloader.model.Counts;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadType;
import java.util.Locale;

/**
 * Stops a load most of whose rows are refused: something is wrong with the table, not with its rows. The chunk in hand
 * is rolled back, so that trying again adds nothing to what was quarantined before.
 */
final class DeadLetterBrake {
    /** So few may be refused whatever part of the load they are. */
    private static final long LEAST = 1_000;

    private DeadLetterBrake() {}

    /**
     * @param counts what has become of the rows of the load so far; those in hand that are still to be written count as
     *     pulled
     * @throws io.postgresloader.model.LoadFailedException of kind ROW_DATA, with the most frequent reason
     */
    static void check(LoadRun run, Counts counts) {
        // Those are tried again at the end; so many as that can do.
        long later = Math.min(run.refused().conflicts(), Conflicts.MOST);
        if (exceeds(run, counts, counts.deadLettered() - later)) {
            throw refused(run, counts);
        }
    }

    /** The same at the end, when nothing will be tried again. */
    static void checkAtEnd(LoadRun run) {
        if (exceeds(run, run.counts(), run.counts().deadLettered())) {
            throw refused(run, run.counts());
        }
    }

    private static boolean exceeds(LoadRun run, Counts counts, long deadLettered) {
        // A replay meets what was refused before, and adds nothing to it.
        return run.bookmark().type() != LoadType.REPLAY
                && deadLettered >= LEAST
                && deadLettered > run.options().load().maxDeadLetterFraction() * counts.pulled();
    }

    private static RuntimeException refused(LoadRun run, Counts counts) {
        return Refusals.of(
                FailureKind.ROW_DATA,
                String.format(
                        Locale.ROOT,
                        "table %s: %d of %d rows pulled were refused, more than max_dead_letter_fraction (%.1f %%)"
                                + " allows%s; mend the target's column or the source, or set a policy for the column;"
                                + " to quarantine them all, raise max_dead_letter_fraction",
                        run.table(),
                        counts.deadLettered(),
                        counts.pulled(),
                        100 * run.options().load().maxDeadLetterFraction(),
                        run.refused()
                                .mostFrequent()
                                .map(reason -> ", most often: " + reason)
                                .orElse("")));
    }
}
