package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Counts;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadType;
import java.util.Locale;

/**
 * Fails a load if most of its rows become dead letters: then the table is wrong, not its rows. The current chunk is
 * rolled back, so that a retry adds no dead letters to those of the committed chunks.
 */
final class DeadLetterLimit {
    /** Fewer dead letters are always allowed, even in a small load. */
    private static final long LEAST = 1_000;

    private DeadLetterLimit() {}

    /**
     * Checks the limit while a chunk is written.
     *
     * @param chunk the chunk's result; rows that are still to be written count as pulled
     * @throws io.postgresloader.model.LoadFailedException of kind ROW_DATA, with the most frequent reason
     */
    static void check(Claim claim, Position position, ChunkResult chunk) {
        Counts counts = position.counts().plus(chunk.counts());
        DeadLetterReasons reasons = position.tally().reasons().plus(chunk.reasons());
        // Conflicting rows are retried at the end of the load, up to the number that the retry handles.
        long later = Math.min(reasons.conflicts(), Conflicts.MOST);
        require(claim, position, counts, counts.deadLettered() - later, reasons);
    }

    /** Checks the limit at the end of the load, after the last retry. */
    static void checkAtEnd(Claim claim, Position position) {
        Counts counts = position.counts();
        require(claim, position, counts, counts.deadLettered(), position.tally().reasons());
    }

    private static void require(
            Claim claim, Position position, Counts counts, long deadLettered, DeadLetterReasons reasons) {
        // A replay reads rows that are dead letters already, and adds none.
        boolean replay = position.bookmark().load().type() == LoadType.REPLAY;
        double allowed = claim.options().load().maxDeadLetterFraction();
        if (!replay && deadLettered >= LEAST && deadLettered > allowed * counts.pulled()) {
            throw LoadErrors.of(
                    FailureKind.ROW_DATA,
                    String.format(
                            Locale.ROOT,
                            "table %s: %d of %d rows pulled became dead letters, more than max_dead_letter_fraction"
                                    + " (%.1f %%) allows%s; correct the target's column or the source, or set a policy"
                                    + " for the column; to keep all of them as dead letters, raise"
                                    + " max_dead_letter_fraction",
                            claim.table(),
                            counts.deadLettered(),
                            counts.pulled(),
                            100 * allowed,
                            reasons.mostFrequent()
                                    .map(reason -> ", most often: " + reason)
                                    .orElse("")));
        }
    }
}
