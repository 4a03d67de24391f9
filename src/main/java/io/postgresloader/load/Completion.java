package io.postgresloader.load;

import java.util.Optional;

/**
 * What the last look at a load found.
 *
 * @param sourceRows rows in the source after a full load
 * @param targetRows rows in the target after a full load
 * @param notes what people should know, in words
 */
record Completion(Optional<Long> sourceRows, Optional<Long> targetRows, Optional<String> notes) {}
