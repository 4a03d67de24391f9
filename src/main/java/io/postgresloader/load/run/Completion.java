package io.postgresloader.load.run;

import java.util.Optional;

/**
 * What the check at the end of a load found.
 *
 * @param sourceRows rows in the source, if they were counted
 * @param targetRows rows in the target, if they were counted
 * @param fewerRows whether the target has fewer rows than the source, and dead letters do not explain it
 * @param notes what an operator should know
 * @param compare why the whole table must be compared, as text; empty: the counts call for no comparison
 */
record Completion(
        Optional<Long> sourceRows,
        Optional<Long> targetRows,
        boolean fewerRows,
        Optional<String> notes,
        Optional<String> compare) {
    static final Completion NOTHING_COUNTED =
            new Completion(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

    Completion noting(String note) {
        return new Completion(
                sourceRows,
                targetRows,
                fewerRows,
                Optional.of(notes.map(before -> before + "; " + note).orElse(note)),
                compare);
    }
}
