package io.postgresloader.model;

import java.util.List;

/**
 * The position of a load after its last committed chunk, with all that another process needs to resume it.
 *
 * @param load which load it is
 * @param scope which rows it reads
 * @param progress how many of them are committed
 */
public record Bookmark(LoadIdentity load, LoadScope scope, LoadProgress progress) {

    /**
     * This bookmark when another process resumes the load.
     *
     * @param left the rows behind the last committed one, counted again
     */
    public Bookmark resumed(long left) {
        Counts counts = progress.counts();
        return new Bookmark(
                load.resumed(),
                scope,
                new LoadProgress(progress.lastKey(), counts.pulled() + left, counts, progress.chunks()));
    }

    /**
     * The bookmark of this load when it was planned again while it ran: it reads another scope from the start, under
     * the same id, and keeps its counts.
     */
    public Bookmark replanned(LoadIdentity planned, LoadScope newScope, long counted) {
        return new Bookmark(
                new LoadIdentity(load.loadId(), planned.type(), planned.reason(), load.started()),
                newScope,
                new LoadProgress(
                        List.of(), progress.counts().pulled() + counted, progress.counts(), progress.chunks()));
    }

    /**
     * This bookmark one chunk further.
     *
     * @param lastKey the key of the chunk's last row; empty when the chunk had no row
     */
    public Bookmark advanced(List<String> lastKey, Counts chunk) {
        return new Bookmark(load, scope, progress.advanced(lastKey, chunk));
    }

    /** This bookmark with the counts of rows that were dead letters first and were written at the end. */
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
