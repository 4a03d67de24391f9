package io.postgresloader.model;

import java.util.List;

/**
 * How much of its selection a load has committed.
 *
 * @param lastKey the key values of the last committed row in the order of the key's columns, as stored; empty before the
 *     first chunk
 * @param counted rows of the selection that the source had when the load first began
 * @param counts the results of the rows so far
 * @param chunks committed chunks
 */
public record LoadProgress(List<String> lastKey, long counted, Counts counts, int chunks) {
    public LoadProgress {
        lastKey = List.copyOf(lastKey);
    }

    /** Before the first chunk. */
    public static LoadProgress none(long counted) {
        return new LoadProgress(List.of(), counted, Counts.NONE, 0);
    }

    /** The rows that were counted and are not committed; never below zero. */
    public long remaining() {
        return Math.max(0, counted - counts.pulled());
    }

    /**
     * The progress after another chunk.
     *
     * @param chunkLastKey the key values of the chunk's last row; empty when the chunk had no row
     */
    LoadProgress advanced(List<String> chunkLastKey, Counts chunk) {
        return new LoadProgress(
                chunkLastKey.isEmpty() ? lastKey : chunkLastKey, counted, counts.plus(chunk), chunks + 1);
    }
}
