package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Counts;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.DeadLetters;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.target.AlteredRows;
import io.postgresloader.target.BatchResult;
import java.util.List;
import java.util.Set;

/**
 * The result of a chunk: of one batch, or of all batches so far.
 *
 * @param counts the rows
 * @param reasons why rows became dead letters
 * @param deadLetters the rows of this batch that the target could not store; empty for a sum of batches
 * @param altered rows that triggers of the target changed
 */
public record ChunkResult(Counts counts, DeadLetterReasons reasons, List<DeadLetter> deadLetters, AlteredRows altered)
        implements DeadLetters {
    public ChunkResult {
        deadLetters = List.copyOf(deadLetters);
    }

    /**
     * The page before its first batch: its rows, and those of them that could not be encoded.
     *
     * @param openBefore the keys of those that were open dead letters already
     */
    static ChunkResult of(Page page, Set<RowKey> openBefore) {
        return new ChunkResult(
                new Counts(page.pulled(), 0, 0, 0, page.deadLetters().size(), page.mapped()),
                DeadLetterReasons.of(page.deadLetters(), openBefore),
                page.deadLetters(),
                AlteredRows.NONE);
    }

    /** @param openBefore the keys of its dead letters that were open dead letters already */
    static ChunkResult of(BatchResult batch, Set<RowKey> openBefore) {
        return new ChunkResult(
                new Counts(
                        0,
                        batch.inserted(),
                        batch.updated(),
                        batch.unchanged(),
                        batch.deadLetters().size(),
                        MappedValues.NONE),
                DeadLetterReasons.of(batch.deadLetters(), openBefore),
                batch.deadLetters(),
                batch.altered());
    }

    /**
     * A batch that is not written to its end, for the dead letter limit: all rows of its page count as pulled.
     *
     * @param deadLetters the rows that could not be stored so far
     * @param openBefore the keys of those that were open dead letters already
     */
    static ChunkResult partOf(RowBatch batch, List<DeadLetter> deadLetters, Set<RowKey> openBefore) {
        return new ChunkResult(
                new Counts(batch.pageRows(), 0, 0, 0, deadLetters.size(), MappedValues.NONE),
                DeadLetterReasons.of(deadLetters, openBefore),
                deadLetters,
                AlteredRows.NONE);
    }

    /** This result and that of the batch after it. */
    public ChunkResult plus(ChunkResult next) {
        return new ChunkResult(
                counts.plus(next.counts), reasons.plus(next.reasons), List.of(), altered.plus(next.altered));
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
