package io.postgresloader.model;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that a load reads, and the watermarks after it has read all of them. The scope stays the same from the first
 * start of a load to its end, also if another process resumes the load.
 *
 * @param horizon the source's horizon at the first start: the new watermarks at the end
 * @param greatestKey the greatest integer key at that time; empty for other keys and for an empty table
 * @param selection the rows that the load reads
 * @param keyMarks the key marks before the load
 * @param fingerprint what the selection depends on; a bookmark with another fingerprint is not used
 */
public record LoadScope(
        Horizon horizon,
        Optional<BigInteger> greatestKey,
        Selection selection,
        List<KeyMark> keyMarks,
        Map<String, String> fingerprint) {
    public LoadScope {
        keyMarks = List.copyOf(keyMarks);
        fingerprint = Map.copyOf(fingerprint);
    }
}
