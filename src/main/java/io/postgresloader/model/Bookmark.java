package io.postgresloader.model;

import java.util.List;

/**
 * The position of a load after its last committed chunk, with everything that another process needs to resume the load.
 *
 * @param load the identity of the load
 * @param scope the rows that the load reads
 * @param progress how many of these rows are committed
 */
public record Bookmark(LoadIdentity load, LoadScope scope, LoadProgress progress) {

    /**
     * The bookmark with which another process resumes the load.
     *
     * @param left the number of rows after the last committed one, counted again
     */
    public Bookmark resumed(long left) {
        Counts counts = progress.counts();
        return new Bookmark(
                load.resumed(),
                scope,
                new LoadProgress(progress.lastKey(), counts.pulled() + left, counts, progress.chunks()));
    }

    /**
     * The bookmark of this load after it was planned again while it ran. The load keeps its id and its counts, and
     * reads another scope from the start.
     */
    public Bookmark replanned(LoadIdentity planned, LoadScope newScope, long counted) {
        return new Bookmark(
                new LoadIdentity(load.loadId(), planned.type(), planned.reason(), load.started()),
                newScope,
                new LoadProgress(
                        List.of(), progress.counts().pulled() + counted, progress.counts(), progress.chunks()));
    }

    /**
     * This bookmark after another chunk.
     *
     * @param lastKey the key values of the chunk's last row in the order of the key's columns; empty when the chunk had
     *     no row
     */
    public Bookmark advanced(List<String> lastKey, Counts chunk) {
        return new Bookmark(load, scope, progress.advanced(lastKey, chunk));
    }

    /** This bookmark with the counts of rows that were dead letters at first and were written in the end. */
    public Bookmark settled(Counts difference) {
        return new Bookmark(
                load,
                scope,
                new LoadProgress(
                        progress.lastKey(),
                        progress.counted(),
                        progress.counts().plus(difference),
                        progress.chunks()));
    }
}
