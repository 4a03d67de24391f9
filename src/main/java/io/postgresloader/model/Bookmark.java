package io.postgresloader.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a load stands after its last committed chunk, with all that a later process needs to go on as if it had never
 * stopped.
 *
 * @param loadId identifies the load in all tracking tables
 * @param type what the load reads
 * @param reason why it is of that type, in words
 * @param started when it began, by the loader's clock
 * @param horizon the source's horizon when it first began: what its watermarks become at the end
 * @param greatestKey the greatest integer key at that time; empty for other keys and for an empty table
 * @param selection the rows it reads
 * @param keyMarks the greatest keys known when it began
 * @param fingerprint what the selection depends on; another fingerprint voids the bookmark
 * @param lastKey the key of the last row that is loaded, in text form; empty before the first chunk
 * @param counted the rows that the selection had in the source when the load first began
 * @param counts what became of the rows so far
 * @param chunks how many chunks are committed
 */
public record Bookmark(
        String loadId,
        LoadType type,
        String reason,
        Instant started,
        Horizon horizon,
        Optional<BigInteger> greatestKey,
        Selection selection,
        List<KeyMark> keyMarks,
        Map<String, String> fingerprint,
        List<String> lastKey,
        long counted,
        Counts counts,
        int chunks) {

    private static final String RESUMED = "resumed: ";

    public Bookmark {
        fingerprint = Map.copyOf(fingerprint);
        lastKey = List.copyOf(lastKey);
        keyMarks = List.copyOf(keyMarks);
    }

    /** Why a load that goes on from here is of its type, in words. */
    public String resumedReason() {
        return reason.startsWith(RESUMED) ? reason : RESUMED + reason;
    }

    /** This bookmark of a load that goes on, with its rows counted again. */
    public Bookmark resumed(long newCounted) {
        return new Bookmark(
                loadId,
                type,
                resumedReason(),
                started,
                horizon,
                greatestKey,
                selection,
                keyMarks,
                fingerprint,
                lastKey,
                newCounted,
                counts,
                chunks);
    }

    /** This bookmark of a load that begins anew under the name of another, whose rows it counts as well. */
    public Bookmark continuing(Bookmark interrupted) {
        return new Bookmark(
                interrupted.loadId,
                type,
                reason,
                interrupted.started,
                horizon,
                greatestKey,
                selection,
                keyMarks,
                fingerprint,
                List.of(),
                interrupted.counts.pulled() + counted,
                interrupted.counts,
                interrupted.chunks);
    }

    /** This bookmark one chunk further. */
    public Bookmark advanced(List<String> newLastKey, Counts chunk) {
        return new Bookmark(
                loadId,
                type,
                reason,
                started,
                horizon,
                greatestKey,
                selection,
                keyMarks,
                fingerprint,
                newLastKey.isEmpty() ? lastKey : newLastKey,
                counted,
                counts.plus(chunk),
                chunks + 1);
    }
}
