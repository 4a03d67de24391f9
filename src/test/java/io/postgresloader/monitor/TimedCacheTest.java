package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedCacheTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch silence = new CountDownLatch(1);

    @AfterEach
    void speak() {
        silence.countDown();
    }

    @Test
    void anAnswerIsGoodEnoughForAWhile() {
        TimedCache<Integer> cache = new TimedCache<>(asked::incrementAndGet, LONG, LONG);
        assertThat(cache.value()).contains(1);
        assertThat(cache.value()).contains(1);
    }

    @Test
    void afterThatItIsAskedAgain() {
        TimedCache<Integer> cache = new TimedCache<>(asked::incrementAndGet, Duration.ofNanos(-1), LONG);
        assertThat(cache.value()).contains(1);
        assertThat(cache.value()).contains(2);
    }

    @Test
    void aQuestionThatFailsHasNoAnswerAndIsNotPutAgainAtOnce() {
        TimedCache<Integer> cache = new TimedCache<>(
                () -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("Key (name)=(Smith)");
                },
                LONG,
                LONG);
        assertThat(cache.value()).isEmpty();
        assertThat(cache.value()).isEmpty();
        assertThat(asked).hasValue(1);
    }

    /** Whoever comes meanwhile does not wait for it as well, and finds the answer once it is there. */
    @Test
    void aSilentDatabaseKeepsNobodyWaiting() {
        TimedCache<Integer> cache = new TimedCache<>(this::answerAfterSilence, LONG, SHORT);
        assertThat(cache.value()).isEmpty();
        assertThat(cache.value()).isEmpty();

        silence.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> cache.value().isPresent());
        assertThat(asked).hasValue(1);
    }

    @Test
    void aSilentDatabaseIsAskedByOneThreadAtATime() {
        TimedCache<Integer> cache = new TimedCache<>(this::answerAfterSilence, Duration.ofNanos(-1), SHORT);
        for (int i = 0; i < 20; i++) {
            assertThat(cache.value()).isEmpty();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> asked.get() == 1);
    }

    private int answerAfterSilence() {
        asked.incrementAndGet();
        try {
            silence.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 7;
    }
}
