package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedCacheTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch silence = new CountDownLatch(1);

    @AfterEach
    void endSilence() {
        silence.countDown();
    }

    @Test
    void aValueIsKeptWhileItIsFresh() {
        TimedCache<Integer> cache = new TimedCache<>(reads::incrementAndGet, LONG, LONG);
        assertThat(cache.value()).contains(1);
        assertThat(cache.value()).contains(1);
    }

    @Test
    void aStaleValueIsReadAgain() {
        TimedCache<Integer> cache = new TimedCache<>(reads::incrementAndGet, Duration.ofNanos(-1), LONG);
        assertThat(cache.value()).contains(1);
        assertThat(cache.value()).contains(2);
    }

    @Test
    void aFailedReadIsNotRepeatedWhileItIsFresh() {
        TimedCache<Integer> cache = new TimedCache<>(
                () -> {
                    reads.incrementAndGet();
                    throw new IllegalStateException("Key (name)=(Smith)");
                },
                LONG,
                LONG);
        assertThat(cache.value()).isEmpty();
        assertThat(cache.value()).isEmpty();
        assertThat(reads).hasValue(1);
    }

    /** A caller during the read does not wait either, and finds the value after the read. */
    @Test
    void aSilentDatabaseBlocksNoCaller() {
        TimedCache<Integer> cache = new TimedCache<>(this::readAfterSilence, LONG, SHORT);
        assertThat(cache.value()).isEmpty();
        assertThat(cache.value()).isEmpty();

        silence.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> cache.value().isPresent());
        assertThat(reads).hasValue(1);
    }

    @Test
    void aSilentDatabaseIsReadByOneThreadAtATime() {
        TimedCache<Integer> cache = new TimedCache<>(this::readAfterSilence, Duration.ofNanos(-1), SHORT);
        for (int i = 0; i < 20; i++) {
            assertThat(cache.value()).isEmpty();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> reads.get() == 1);
    }

    @Test
    void aValueThatTakesLongToReadIsKeptLonger() {
        Supplier<Integer> slow = () -> {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return reads.incrementAndGet();
        };
        TimedCache<Integer> rested = new TimedCache<>(slow, Duration.ofNanos(-1), LONG, LONG);
        rested.value();
        assertThat(rested.value()).contains(1);
        TimedCache<Integer> bounded = new TimedCache<>(slow, Duration.ofNanos(-1), LONG, Duration.ofNanos(-1));
        bounded.value();
        assertThat(bounded.value()).contains(3);
    }

    @Test
    void aStaleValueIsReadForTheNextCallerWhileThisOneDoesNotWait() {
        LatestValue<Integer> latest = new LatestValue<>(
                () -> reads.get() == 0 ? reads.incrementAndGet() : readAfterSilence(),
                Duration.ofNanos(-1),
                LONG,
                LONG);
        assertThat(latest.soon()).contains(1);
        assertThat(latest.soon()).contains(1);

        silence.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> latest.soon().equals(Optional.of(7)));
    }

    private int readAfterSilence() {
        reads.incrementAndGet();
        try {
            silence.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 7;
    }
}
