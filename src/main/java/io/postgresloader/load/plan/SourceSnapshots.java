package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes snapshots of the source. The timers of hundreds of tables fire together; their loads share a snapshot that is
 * up to one second old, so that one query answers all of them. The age does not depend on the host's clock, which may be
 * set back: loads would go on with an old snapshot, and find every table unchanged.
 */
public final class SourceSnapshots {
    private static final long SHARED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Function<String, SourceSnapshot> ofTable;
    private final Supplier<SourceSnapshot> ofAll;
    private final LongSupplier nanos;
    private SourceSnapshot shared;
    private long sharedSince;

    public SourceSnapshots(LoadServices services) {
        this(
                table -> new SourceSnapshot(
                        services.sourceClock().read(), services.sourceStates().of(table)),
                () -> new SourceSnapshot(
                        services.sourceClock().read(), services.sourceStates().all()),
                System::nanoTime);
    }

    /** @param nanos a clock that is never set back, in nanoseconds */
    SourceSnapshots(Function<String, SourceSnapshot> ofTable, Supplier<SourceSnapshot> ofAll, LongSupplier nanos) {
        this.ofTable = ofTable;
        this.ofAll = ofAll;
        this.nanos = nanos;
    }

    /** A fresh snapshot of all tables. */
    public SourceSnapshot ofAll() {
        return ofAll.get();
    }

    /** A fresh snapshot for a load that an operator waits for; otherwise the shared one. */
    public SourceSnapshot of(LoadRequest request) {
        return request.waitForLock() ? ofTable.apply(request.table()) : shared();
    }

    private synchronized SourceSnapshot shared() {
        if (shared == null || nanos.getAsLong() - sharedSince > SHARED_NANOS) {
            shared = ofAll.get();
            sharedSince = nanos.getAsLong();
        }
        return shared;
    }
}
