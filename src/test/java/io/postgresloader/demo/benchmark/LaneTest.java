package io.postgresloader.demo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final long NOW = 1_000;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void withoutLimitBytesArriveAfterTheDelayHoweverMany() {
        Lane lane = new Lane(6, Double.POSITIVE_INFINITY);

        assertThat(lane.send(1, NOW)).isEqualTo(NOW + 6 * MILLI);
        assertThat(lane.send(1 << 20, NOW)).isEqualTo(NOW + 6 * MILLI);
    }

    @Test
    void bytesWaitForThoseThatWereSentBefore() {
        // 20 Mbit/s are 2500 bytes in a millisecond.
        Lane lane = new Lane(1, 20);

        assertThat(lane.send(2_500, NOW)).isEqualTo(NOW + 2 * MILLI);
        assertThat(lane.send(5_000, NOW)).isEqualTo(NOW + 4 * MILLI);
    }

    @Test
    void anIdleLaneSavesNothingUp() {
        Lane lane = new Lane(0, 20);
        lane.send(2_500, NOW);

        assertThat(lane.send(2_500, NOW + 100 * MILLI)).isEqualTo(NOW + 101 * MILLI);
    }
}
