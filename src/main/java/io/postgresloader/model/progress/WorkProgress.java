package io.postgresloader.model.progress;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How far one piece of work is: written by the thread that does it, once per page, and read by others at any time. It is
 * in the list of {@link RunningWork} until it is closed; closing it again does nothing.
 */
public final class WorkProgress implements AutoCloseable {
    private static final long UNKNOWN = -1;

    private final String table;
    private final WorkKind kind;
    private final Instant started;
    private final LongSupplier nanos;
    private final Consumer<WorkProgress> whenClosed;
    private final RecentRate rate = new RecentRate();
    private volatile WorkPhase phase;
    private volatile long done;
    private volatile long read;
    private volatile long expected = UNKNOWN;

    WorkProgress(
            String table,
            WorkKind kind,
            WorkPhase phase,
            Instant started,
            LongSupplier nanos,
            Consumer<WorkProgress> whenClosed) {
        this.table = table;
        this.kind = kind;
        this.phase = phase;
        this.started = started;
        this.nanos = nanos;
        this.whenClosed = whenClosed;
        rate.restart(nanos.getAsLong(), 0);
    }

    /** Work that nobody watches. */
    public static WorkProgress unlisted() {
        return new WorkProgress("", WorkKind.LOAD, WorkPhase.WAITING, Instant.EPOCH, () -> 0, closed -> {});
    }

    /** Goes on with another step; the rows stay. */
    public void phase(WorkPhase next) {
        phase = next;
    }

    /**
     * Begins to do rows, for the first time or again.
     *
     * @param rowsDone the rows that are done already
     * @param rowsExpected the rows done when all is done; below 1: not known
     */
    public void begin(WorkPhase next, long rowsDone, long rowsExpected) {
        rate.restart(nanos.getAsLong(), rowsDone);
        done = rowsDone;
        read = rowsDone;
        expected = rowsExpected < 1 ? UNKNOWN : rowsExpected;
        phase = next;
    }

    /** @param rowsDone the rows that are done now, all together */
    public void done(long rowsDone) {
        if (rowsDone != done) {
            done = rowsDone;
            rate.add(nanos.getAsLong(), rowsDone);
        }
    }

    /** @param rowsRead the rows that are done or in memory now, all together */
    public void read(long rowsRead) {
        read = rowsRead;
    }

    /** Takes the work off the list, whether it is complete or not. */
    @Override
    public void close() {
        whenClosed.accept(this);
    }

    String table() {
        return table;
    }

    WorkKind kind() {
        return kind;
    }

    RunningTable at(Instant now) {
        long rows = done;
        long all = expected;
        double perSecond = rate.perSecond(nanos.getAsLong());
        boolean known = all >= rows;
        Optional<Instant> end = all > rows && perSecond > 0
                ? Optional.of(now.plusMillis((long) ((all - rows) * 1000 / perSecond)))
                : Optional.empty();
        return new RunningTable(
                table,
                kind,
                phase,
                started,
                rows,
                Math.max(rows, read),
                known ? OptionalLong.of(all) : OptionalLong.empty(),
                perSecond,
                end);
    }
}
