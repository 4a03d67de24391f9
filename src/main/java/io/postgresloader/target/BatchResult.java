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
 */
public record BatchResult(long inserted, long updated, long unchanged, List<DeadLetter> refused) {
    public BatchResult {
        refused = List.copyOf(refused);
    }
}
