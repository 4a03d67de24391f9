package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.source.ClockReading;
import io.postgresloader.source.SourceStates;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes snapshots of the source. The timers of hundreds of tables fire together; their loads share a snapshot that is
 * up to one second old, so that one query answers all of them.
 */
public final class SourceSnapshots {
    private static final Duration SHARED = Duration.ofSeconds(1);

    private final LoadServices services;
    private SourceSnapshot shared;
    private Instant sharedUntil = Instant.MIN;

    public SourceSnapshots(LoadServices services) {
        this.services = services;
    }

    /** A fresh snapshot for a load that an operator waits for; otherwise the shared one. */
    public SourceSnapshot of(LoadRequest request) {
        return request.waitForLock() ? fresh(request.table()) : shared();
    }

    private SourceSnapshot fresh(String table) {
        ClockReading reading = services.sourceClock().read();
        return new SourceSnapshot(reading, services.sourceStates().of(table));
    }

    private synchronized SourceSnapshot shared() {
        Instant now = Instant.now();
        if (now.isAfter(sharedUntil)) {
            SourceStates states = services.sourceStates();
            shared = new SourceSnapshot(services.sourceClock().read(), states.all());
            sharedUntil = now.plus(SHARED);
        }
        return shared;
    }
}
