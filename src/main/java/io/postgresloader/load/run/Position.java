package io.postgresloader.load.run;

import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.source.PageSequence;
import io.postgresloader.source.PageSize;
import java.time.Instant;
import java.util.List;

/**
 * How far a load is: its state after the last committed chunk. A retry begins here, and so does the next chunk.
 *
 * @param bookmark what another process needs to resume the load
 * @param exhausted whether no rows are left to pull
 * @param pageSize how much the next page asks for
 * @param sequence where the pages of this attempt have ended
 * @param tally what this process has read of the load
 */
public record Position(Bookmark bookmark, boolean exhausted, PageSize pageSize, PageSequence sequence, Tally tally) {

    /** Whether rows are left to pull. */
    public boolean isUnfinished() {
        return !exhausted;
    }

    /** The counts of the rows so far. */
    public Counts counts() {
        return bookmark.progress().counts();
    }

    /** The rows that were counted before the pull and are neither loaded nor in the page; never below zero. */
    long remainingAfter(Page page) {
        return Math.max(0, bookmark.progress().remaining() - page.pulled());
    }

    /**
     * The position after a page whose rows are all accounted for.
     *
     * @param lastKey the key values of the page's last row, as a bookmark stores them
     * @param moved where the pages have ended, this one included
     */
    Position after(Page page, List<String> lastKey, PageSequence moved, ChunkResult result) {
        return new Position(
                bookmark.advanced(lastKey, result.counts()),
                page.exhausted(),
                pageSize.after(page),
                moved,
                tally.plus(page.rows().size(), result));
    }

    Position settled(Conflicts.Settled settled) {
        return new Position(
                bookmark.settled(settled.counts()),
                exhausted,
                pageSize,
                sequence,
                tally.plusOpenBefore(-settled.openBefore()));
    }

    /** @param number rows of committed chunks that were open dead letters before this load met them */
    Position plusOpenBefore(long number) {
        return new Position(bookmark, exhausted, pageSize, sequence, tally.plusOpenBefore(number));
    }

    /** @param now when the progress of the load was logged */
    Position reported(Instant now) {
        return new Position(bookmark, exhausted, pageSize, sequence, tally.reported(now));
    }

    /** The same position of a load into a table that has no row. */
    Position filling() {
        return new Position(bookmark, exhausted, pageSize, sequence, tally.filling());
    }

    /** Whether the target has the rows that the load inserted, and no others. */
    boolean insertedAll() {
        Counts counts = counts();
        return tally.fromFirstRow() && tally.intoEmpty() && counts.inserted() == counts.pulled();
    }

    /** Whether this process pulled every row that the load selects; one that resumed a load did not. */
    boolean pulledAll() {
        return tally.fromFirstRow()
                && switch (bookmark.load().type()) {
                    case FULL, REPLAY -> true;
                    case INCREMENTAL, APPEND, REPAIR, ADOPT, UNCHANGED -> false;
                };
    }

    /** Whether the load was planned again already because fewer rows were pulled than counted. */
    boolean recounted() {
        return tally.recounted();
    }

    /**
     * The first position of an attempt.
     *
     * @param earlier the last position of the previous attempt; null for the first attempt
     */
    static Position first(LoadPlan.Reading plan, Bookmark bookmark, PageSize pageSize, Position earlier) {
        boolean whole = plan.table().key().none();
        // A table that is replaced as a whole may have rows in the target though the source has none.
        boolean nothingLeft = bookmark.progress().remaining() == 0 && !whole;
        PageSequence sequence = PageSequence.behind(
                plan.table().keyFormat().of(bookmark.progress().lastKey()));
        return new Position(
                bookmark, nothingLeft, pageSize, sequence, tally(plan.start().kind(), bookmark, earlier));
    }

    /** The only position of a load that has nothing to read. */
    static Position unchanged(Bookmark bookmark, PageSize pageSize) {
        return new Position(bookmark, true, pageSize, PageSequence.behind(RowKey.NONE), Tally.none(true));
    }

    private static Tally tally(LoadPlan.StartKind start, Bookmark bookmark, Position earlier) {
        return switch (start) {
            case NEW -> Tally.none(true);
            case RESUMED -> Tally.none(bookmark.progress().chunks() == 0);
            case RETRIED -> earlier.tally();
            case REPLANNED -> earlier.tally().replanned(earlier.counts().pulled(), false);
            case RECOUNTED -> earlier.tally().replanned(earlier.counts().pulled(), true);
        };
    }
}
