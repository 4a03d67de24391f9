package io.postgresloader.target;

import io.postgresloader.model.DeadLetter;
import java.util.List;

/**
 * The result of writing one batch.
 *
 * @param inserted rows whose key was new
 * @param updated rows that differed
 * @param unchanged rows that were equal; nothing was written for them
 * @param refused the dead letters: rows that the target could not store
 * @param altered rows that triggers of the target changed
 */
public record BatchResult(long inserted, long updated, long unchanged, List<DeadLetter> refused, AlteredRows altered) {
    public BatchResult(long inserted, long updated, long unchanged, List<DeadLetter> refused) {
        this(inserted, updated, unchanged, refused, AlteredRows.NONE);
    }

    public BatchResult {
        refused = List.copyOf(refused);
    }
}
