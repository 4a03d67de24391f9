package io.postgresloader.load;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.source.ClockReading;
import io.postgresloader.source.SourceStates;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks the source how it stands. Timers of hundreds of tables fire together; what they learn may be a second old, so
 * that one question answers them all.
 */
final class SourceMoments {
    private static final Duration SHARED = Duration.ofSeconds(1);

    private final LoadServices services;
    private SourceMoment shared;
    private Instant sharedUntil = Instant.MIN;

    SourceMoments(LoadServices services) {
        this.services = services;
    }

    SourceMoment at(LoadRequest request) {
        boolean person = request.waitForLock();
        return person ? now(request.table()) : shared();
    }

    private SourceMoment now(String table) {
        ClockReading reading = services.sourceClock().read();
        return new SourceMoment(reading, services.sourceStates().of(table));
    }

    private synchronized SourceMoment shared() {
        Instant now = Instant.now();
        if (now.isAfter(sharedUntil)) {
            SourceStates states = services.sourceStates();
            shared = new SourceMoment(services.sourceClock().read(), states.all());
            sharedUntil = now.plus(SHARED);
        }
        return shared;
    }
}
