package io.postgresloader.model;

import java.util.List;

/** What has dead letters: a page, what became of a batch, a load that failed. */
@FunctionalInterface
public interface DeadLetters {
    /** The dead letters; mostly none. */
    List<DeadLetter> deadLetters();
}
