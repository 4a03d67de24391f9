package io.postgresloader.model;

import java.util.List;

/** Something with dead letters: a page, the result of a batch, a load that failed. */
@FunctionalInterface
public interface DeadLetters {
    /** The dead letters; usually none. */
    List<DeadLetter> deadLetters();
}
