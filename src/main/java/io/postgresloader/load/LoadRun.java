package io.postgresloader.load;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.TableOptions;
import io.postgresloader.target.TargetTable;
import io.postgresloader.target.Upsert;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TableState.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One load of one table, from its claim to its end. What counts is in PostgreSQL; this is what the worker that holds
 * the claim has in hand. It belongs to one thread.
 */
public final class LoadRun {
    private final LoadRequest request;
    private final TableOptions options;
    private final LoadLock lock;
    private TableState state;
    private final Instant claimed = Instant.now();
    private final Progress progress = new Progress(claimed);
    private Plan plan;
    private Bookmark bookmark;
    private PageRequest pageRequest;
    private long bytes;
    private Chunk chunk;
    private boolean exhausted;
    private boolean resumed;
    private final Doubt doubt = new Doubt();
    private Optional<Seen> seen = Optional.empty();
    private final RefusedRows refused = new RefusedRows();
    private Counts settled = Counts.NONE;
    private Optional<SourceOrigin> origin = Optional.empty();
    private List<String> sourceNotes = List.of();

    LoadRun(LoadRequest request, TableOptions options, LoadLock lock, TableState state) {
        this.request = request;
        this.options = options;
        this.lock = lock;
        this.state = state;
    }

    /**
     * What was found out before the first chunk.
     *
     * @param table the table in the source
     * @param target the table in the target
     * @param cursors the declared cursor columns whose watermarks move at the end
     * @param notes what people should know of the target's schema
     */
    record Plan(
            PreparedTable table,
            TargetTable target,
            List<Cursor> cursors,
            Upsert upsert,
            PageSize pageSize,
            OpenEntries openEntries,
            List<String> notes) {}

    /** Whether there are rows left to pull. */
    public boolean isUnfinished() {
        return !exhausted;
    }

    /** Whether a page has been requested that is not in hand yet. */
    public boolean isPageRequested() {
        return pageRequest != null;
    }

    /** Whether there is a page behind the one in hand. */
    public boolean isPageBehind() {
        return !chunk.page().exhausted();
    }

    public String table() {
        return request.table();
    }

    public long epoch() {
        return state.epoch();
    }

    /** Identifies the load in all tracking tables; empty before it is planned. */
    public Optional<String> loadId() {
        return Optional.ofNullable(bookmark).map(Bookmark::loadId);
    }

    public Optional<LoadType> type() {
        return Optional.ofNullable(bookmark).map(Bookmark::type);
    }

    public String reason() {
        return bookmark == null ? "" : bookmark.reason();
    }

    /** What became of the rows, as of the last committed chunk, or of the end. */
    public Counts counts() {
        return bookmark == null ? Counts.NONE : bookmark.counts().plus(settled);
    }

    /** The rows that were refused. */
    RefusedRows refused() {
        return refused;
    }

    /** @param difference what became at the end of rows that were refused at first */
    void settled(Counts difference) {
        settled = difference;
    }

    /** When this process began the load; a resumed load began earlier in another. */
    public Instant claimed() {
        return claimed;
    }

    /** Whether this run meets every row that the load selects; a resumed one begins behind its bookmark. */
    boolean meetsAll() {
        return !resumed
                && type().filter(t -> t == LoadType.FULL || t == LoadType.REPLAY)
                        .isPresent();
    }

    Progress progress() {
        return progress;
    }

    /** The rows counted before the pull. */
    long counted() {
        return bookmark.counted();
    }

    LoadRequest request() {
        return request;
    }

    TableOptions options() {
        return options;
    }

    LoadLock lock() {
        return lock;
    }

    TableState state() {
        return state;
    }

    Plan plan() {
        return plan;
    }

    Bookmark bookmark() {
        return bookmark;
    }

    /** What people should know of the target's schema, and of the source. */
    List<String> notes() {
        List<String> notes = new ArrayList<>(plan == null ? List.of() : plan.notes());
        notes.addAll(sourceNotes);
        return notes;
    }

    /** The size of the rows of all chunks that are committed. */
    long bytes() {
        return bytes;
    }

    Chunk chunk() {
        return chunk;
    }

    /** The schema of the target has changed, and rows that are loaded already must be loaded again. */
    void backfilling(String reason) {
        state = state.backfilling(reason);
    }

    /** Doubts a failure. What was not planned yet was inspected just before. */
    public void doubt(Failure failure) {
        if (plan != null && doubt.raise(failure)) {
            plan = null;
            rewind();
        }
    }

    /** Whether the load is to be planned again, because what it rests on seems to have changed. */
    public boolean isInDoubt() {
        return doubt.raised();
    }

    Doubt doubt() {
        return doubt;
    }

    /** The source says that there is nothing to load. */
    void unchanged(Bookmark nothing) {
        bookmark = nothing;
        seen = state.seen();
        exhausted = true;
    }

    /** @param now what the source said of the table before its rows are read */
    void saw(Optional<Seen> now) {
        seen = now;
    }

    /** @param notes what people should know of the source */
    void noted(List<String> notes) {
        sourceNotes = List.copyOf(notes);
    }

    /** @param source where the rows come from */
    void from(SourceOrigin source) {
        origin = Optional.of(source);
    }

    /** Where the rows come from; empty when none are read. */
    Optional<SourceOrigin> origin() {
        return origin;
    }

    /** What the source said of the table when the load began. */
    Optional<Seen> seen() {
        return seen;
    }

    void planned(Plan newPlan, Bookmark newBookmark) {
        doubt.plannedAgain(doubt.raised() ? bookmark.counts().pulled() : 0);
        plan = newPlan;
        bookmark = newBookmark;
        resumed = newBookmark.chunks() > 0;
        // One that is replaced as a whole may have rows in the target though the source has none.
        exhausted = remaining() == 0 && !newPlan.table().key().none();
    }

    /** The rows counted before the pull that are neither loaded nor in hand; never below zero. */
    long remaining() {
        long inHand = chunk == null ? 0 : chunk.page().pulled();
        return Math.max(0, bookmark.counted() - bookmark.counts().pulled() - inHand);
    }

    /** The key of the last row that is loaded or in hand, in text form; empty at the start. */
    List<String> lastKey() {
        return chunk == null || chunk.page().lastKey().isEmpty()
                ? bookmark.lastKey()
                : chunk.page().lastKey();
    }

    PageRequest pageRequest() {
        return pageRequest;
    }

    void requested(PageRequest request) {
        pageRequest = request;
    }

    void taken(Chunk newChunk) {
        chunk = newChunk;
        pageRequest = null;
        plan.pageSize().seen(newChunk.page());
    }

    /** Lets go of whatever is not committed, so that the load can be tried again behind its last chunk. */
    public void rewind() {
        chunk = null;
        pageRequest = null;
        settled = Counts.NONE;
    }

    /** The bookmark as it will be once the transaction of the chunk in hand commits. */
    Bookmark nextBookmark() {
        return bookmark.advanced(chunk.page().lastKey(), chunk.balanced());
    }

    /** The chunk in hand is committed. */
    void advanced() {
        bytes += chunk.page().rows().size();
        bookmark = nextBookmark();
        exhausted = chunk.page().exhausted();
        chunk = null;
    }
}
