package io.postgresloader.load.run;

import java.util.Optional;

/**
 * What the check at the end of a load found.
 *
 * @param sourceRows rows in the source after a full load
 * @param targetRows rows in the target after a full load
 * @param notes what an operator should know
 */
record Completion(Optional<Long> sourceRows, Optional<Long> targetRows, Optional<String> notes) {
    static final Completion NOTHING_COUNTED = new Completion(Optional.empty(), Optional.empty(), Optional.empty());
}
