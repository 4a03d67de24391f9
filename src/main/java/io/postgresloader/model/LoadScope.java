package io.postgresloader.model;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows a load reads, and what its watermarks become once it has read all of them. It stays the same from the
 * first start of a load to its end, in whichever process that is.
 *
 * @param horizon the source's horizon at the first start: what the watermarks become at the end
 * @param greatestKey the greatest integer key at that time; empty for other keys and for an empty table
 * @param selection the rows that it reads
 * @param keyMarks the key marks before the load
 * @param fingerprint what the selection depends on; another fingerprint voids the bookmark
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
