package io.postgresloader.model.progress;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The work on tables that this process does now. Safe for use by several threads; asking costs no query. */
public final class RunningWork {
    private final InstantSource clock;
    private final LongSupplier nanos;
    /** In the order of their starts. There are about as many as workers. */
    private final List<WorkProgress> running = new CopyOnWriteArrayList<>();

    public RunningWork() {
        this(InstantSource.system(), System::nanoTime);
    }

    /** @param nanos a clock that is never set back, in nanoseconds */
    RunningWork(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Adds work to the list; whoever begins it closes it, also after a failure. */
    public WorkProgress begin(String table, WorkKind kind, WorkPhase phase) {
        WorkProgress work = new WorkProgress(table, kind, phase, clock.instant(), nanos, running::remove);
        running.add(work);
        return work;
    }

    /**
     * What runs now, in the order of the starts. A table that is being adopted is there once: the comparison and the loads
     * that its adoption consists of are shown as the adoption.
     */
    public List<RunningTable> now() {
        Instant now = clock.instant();
        List<WorkProgress> all = List.copyOf(running);
        List<WorkProgress> adoptions =
                all.stream().filter(work -> work.kind() == WorkKind.ADOPTION).toList();
        List<RunningTable> shown = new ArrayList<>();
        for (WorkProgress work : all) {
            if (adoptions.contains(work)) {
                shown.add(part(work, all)
                        .map(part -> part.at(now).within(work.at(now)))
                        .orElseGet(() -> work.at(now)));
            } else if (adoptions.stream().noneMatch(adoption -> adoption.table().equals(work.table()))) {
                shown.add(work.at(now));
            }
        }
        return List.copyOf(shown);
    }

    /** The latest work on the table besides its adoption. */
    private static Optional<WorkProgress> part(WorkProgress adoption, List<WorkProgress> all) {
        return all.stream()
                .filter(work -> work != adoption && work.table().equals(adoption.table()))
                .reduce((earlier, later) -> later);
    }
}
