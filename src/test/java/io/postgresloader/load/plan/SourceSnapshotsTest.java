package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SourceSnapshotsTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final AtomicInteger reads = new AtomicInteger();
    private final SourceSnapshots snapshots = new SourceSnapshots(table -> read(), this::read, nanos::get);

    @Test
    void loadsOfOneSecondShareASnapshot() {
        SourceSnapshot first = of(false);

        nanos.addAndGet(SECOND);
        assertThat(of(false)).isSameAs(first);
        // The counter of nanoseconds runs over.
        nanos.addAndGet(1);
        assertThat(of(false)).isNotSameAs(first);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aLoadThatAnOperatorWaitsForHasItsOwn() {
        assertThat(of(false)).isNotSameAs(of(true));
    }

    private SourceSnapshot of(boolean waits) {
        return snapshots.of(new LoadRequest("t", LoadRequest.Kind.DUE, waits));
    }

    private SourceSnapshot read() {
        reads.incrementAndGet();
        return new SourceSnapshot(null, Map.of());
    }
}
