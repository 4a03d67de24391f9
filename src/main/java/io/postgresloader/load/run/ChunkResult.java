package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.plan.OpenDeadLetters;
import io.postgresloader.model.Counts;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.DeadLetters;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.target.BatchResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The result of a chunk: of one batch, or of all batches so far.
 *
 * @param counts the rows
 * @param reasons why rows became dead letters
 * @param met open dead letters, by entry id, whose rows are still in the source
 * @param deadLetters the rows of this batch that the target could not store; empty for a sum of batches
 */
public record ChunkResult(Counts counts, DeadLetterReasons reasons, Set<Long> met, List<DeadLetter> deadLetters)
        implements DeadLetters {
    public ChunkResult {
        met = Set.copyOf(met);
        deadLetters = List.copyOf(deadLetters);
    }

    /** The page before its first batch: its rows, and those of them that could not be encoded. */
    static ChunkResult of(Page page, OpenDeadLetters open) {
        return new ChunkResult(
                new Counts(page.pulled(), 0, 0, 0, page.deadLetters().size(), page.mapped()),
                DeadLetterReasons.of(page.deadLetters()),
                open.idsOf(page.deadLetters()),
                page.deadLetters());
    }

    static ChunkResult of(BatchResult batch, Set<Long> met) {
        return new ChunkResult(
                new Counts(
                        0,
                        batch.inserted(),
                        batch.updated(),
                        batch.unchanged(),
                        batch.deadLetters().size(),
                        MappedValues.NONE),
                DeadLetterReasons.of(batch.deadLetters()),
                met,
                batch.deadLetters());
    }

    /** This result and that of the batch after it. */
    public ChunkResult plus(ChunkResult next) {
        Set<Long> both = new HashSet<>(met);
        both.addAll(next.met);
        return new ChunkResult(counts.plus(next.counts), reasons.plus(next.reasons), both, List.of());
    }

    /**
     * This result, once all batches are written.
     *
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when a row is not accounted for
     */
    ChunkResult balanced() {
        if (!counts.balanced()) {
            throw LoadErrors.of(
                    FailureKind.INTEGRITY,
                    "of " + counts.pulled() + " rows pulled, " + counts.inserted() + " were inserted, "
                            + counts.updated() + " updated, " + counts.unchanged() + " unchanged and "
                            + counts.deadLettered() + " dead-lettered: the chunk is rolled back");
        }
        return this;
    }
}
