package io.postgresloader.target;

import io.postgresloader.model.DeadLetter;
import java.util.List;

/**
 * The result of writing one batch.
 *
 * @param inserted rows whose key was new
 * @param updated rows that differed
 * @param unchanged rows that were equal; nothing was written for them
 * @param deadLetters rows that the target could not store
 * @param altered rows that triggers of the target changed
 */
public record BatchResult(
        long inserted, long updated, long unchanged, List<DeadLetter> deadLetters, AlteredRows altered) {
    public BatchResult(long inserted, long updated, long unchanged, List<DeadLetter> deadLetters) {
        this(inserted, updated, unchanged, deadLetters, AlteredRows.NONE);
    }

    public BatchResult {
        deadLetters = List.copyOf(deadLetters);
    }
}
