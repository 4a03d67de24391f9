package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Counts;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Fails a load if many of its rows become dead letters: then the table is wrong, not its rows. The current chunk is
 * rolled back, so that a retry adds no dead letters to those of the committed chunks. Rows that were open dead letters
 * before the load do not count: else a load of those alone would fail, and block the good rows after it.
 */
final class DeadLetterLimit {
    /** So many dead letters are always allowed, even in a small load. */
    private static final long ALWAYS = 20;

    /**
     * A repair loads nothing but rows that differ. In a large table they may all be rows that the target cannot store,
     * so that their fraction means little.
     */
    private static final long ALWAYS_IN_REPAIR = 1_000;

    private DeadLetterLimit() {}

    /**
     * Checks the limit while a chunk is written.
     *
     * @param notes what the operator should know about the schema, such as what keeps a column from being widened
     * @param chunk the chunk's result; rows that are still to be written count as pulled
     * @throws io.postgresloader.model.LoadFailedException of kind ROW_DATA, with the most frequent reason
     */
    static void check(Claim claim, Position position, List<String> notes, ChunkResult chunk) {
        Counts counts = position.counts().plus(chunk.counts());
        DeadLetterReasons reasons = position.tally().reasons().plus(chunk.reasons());
        long added = counts.deadLettered() - reasons.openBefore();
        // Conflicting rows are retried at the end of the load, up to the number that the retry handles.
        long later = Math.min(reasons.conflicts(), Conflicts.MOST);
        require(claim, position, notes, counts, added, later, reasons);
    }

    /** Checks the limit at the end of the load, after the last retry. */
    static void checkAtEnd(Claim claim, Position position, List<String> notes) {
        Counts counts = position.counts();
        DeadLetterReasons reasons = position.tally().reasons();
        require(claim, position, notes, counts, counts.deadLettered() - reasons.openBefore(), 0, reasons);
    }

    private static void require(
            Claim claim,
            Position position,
            List<String> notes,
            Counts counts,
            long added,
            long later,
            DeadLetterReasons reasons) {
        LoadType type = position.bookmark().load().type();
        long always = type == LoadType.REPAIR ? ALWAYS_IN_REPAIR : ALWAYS;
        double allowed = claim.options().load().maxDeadLetterFraction();
        // The rows that are still to come count as well: the bad ones of a table are often next to each other.
        long rows = Math.max(counts.pulled(), position.bookmark().progress().counted());
        // A replay reads rows that are dead letters already, and adds none.
        if (type == LoadType.REPLAY || added - later <= always || added - later <= allowed * rows) {
            return;
        }
        String most =
                reasons.mostFrequent().map(reason -> ", most often: " + reason).orElse("");
        throw LoadErrors.of(
                FailureKind.ROW_DATA,
                String.format(
                        Locale.ROOT,
                        "table %s: %d of %d rows became dead letters, more than max_dead_letter_fraction (%.1f %%)"
                                + " allows%s; correct the target's column or the source, or set a policy for the"
                                + " column; to keep all of them as dead letters, raise max_dead_letter_fraction%s",
                        claim.table(),
                        added,
                        rows,
                        100 * allowed,
                        most,
                        notes.stream()
                                .filter(note -> note.contains("become dead letters"))
                                .map(note -> "; " + note)
                                .collect(Collectors.joining())));
    }
}
