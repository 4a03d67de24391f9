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

class LatestValueTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofNanos(-1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch silence = new CountDownLatch(1);

    @AfterEach
    void endSilence() {
        silence.countDown();
    }

    @Test
    void aFreshValueIsNotReadAgain() {
        LatestValue<Integer> value = new LatestValue<>(reads::incrementAndGet, LONG, LONG, Duration.ZERO);
        assertThat(value.value()).contains(1);
        assertThat(value.value()).contains(1);
    }

    @Test
    void aStaleValueIsReadAgain() {
        LatestValue<Integer> value = new LatestValue<>(reads::incrementAndGet, NEVER, LONG, LONG);
        assertThat(value.value()).contains(1);
        assertThat(value.value()).contains(2);
    }

    @Test
    void aFailedReadIsNotRepeatedWhileItIsFresh() {
        LatestValue<Integer> value = new LatestValue<>(this::fail, LONG, LONG, LONG);
        assertThat(value.value()).isEmpty();
        assertThat(value.value()).isEmpty();
        assertThat(reads).hasValue(1);
    }

    /** A caller during the read does not wait either, and finds the value after the read. */
    @Test
    void aSilentDatabaseBlocksNoCaller() {
        LatestValue<Integer> value = new LatestValue<>(this::readAfterSilence, LONG, SHORT, Duration.ZERO);
        assertThat(value.value()).isEmpty();
        assertThat(value.value()).isEmpty();

        silence.countDown();
        await().atMost(SOON).until(() -> value.value().isPresent());
        assertThat(reads).hasValue(1);
    }

    @Test
    void aSilentDatabaseIsReadByOneThreadAtATime() {
        LatestValue<Integer> value = new LatestValue<>(this::readAfterSilence, NEVER, SHORT, Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            assertThat(value.value()).isEmpty();
        }
        silence.countDown();
        await().atMost(SOON).until(() -> value.answers(LONG).isEmpty());
        assertThat(reads).hasValue(1);
    }

    /** A target under load takes longer than callers wait, each time; they come less often than a value is fresh. */
    @Test
    void aValueThatIsTooLateForItsCallersIsThereForTheNext() {
        LatestValue<Integer> value = new LatestValue<>(this::readAfterSilence, NEVER, SHORT, LONG);
        assertThat(value.value()).isEmpty();

        silence.countDown();

        await().atMost(SOON).until(() -> value.kept().isPresent());
        assertThat(value.value()).contains(7);
    }

    @Test
    void theLastValueIsKeptWhileTheDatabaseFails() {
        LatestValue<Integer> value = new LatestValue<>(() -> reads.get() == 0 ? counted() : fail(), NEVER, LONG, LONG);
        assertThat(value.value()).contains(1);
        assertThat(value.value()).contains(1);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aValueIsNotKeptForEver() {
        LatestValue<Integer> value = new LatestValue<>(() -> reads.get() == 0 ? counted() : fail(), NEVER, LONG, NEVER);
        assertThat(value.value()).contains(1);
        assertThat(value.kept()).isEmpty();
        assertThat(value.value()).isEmpty();
    }

    /** After an hour, the value that was fresh then is none. */
    @Test
    void aValueThatIsNeitherFreshNorKeptIsNotKnown() {
        LatestValue<Integer> value =
                new LatestValue<>(() -> reads.get() == 0 ? counted() : readAfterSilence(), NEVER, SOON, NEVER);
        assertThat(value.value()).contains(1);
        assertThat(value.known()).isEmpty();
    }

    @Test
    void aValueThatTakesLongToReadIsNotReadAgainForLonger() {
        Supplier<Integer> slow = () -> {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return reads.incrementAndGet();
        };
        LatestValue<Integer> rested = new LatestValue<>(slow, NEVER, LONG, LONG, Duration.ZERO);
        rested.value();
        assertThat(rested.value()).contains(1);
        LatestValue<Integer> bounded = new LatestValue<>(slow, NEVER, LONG, NEVER, Duration.ZERO);
        bounded.value();
        assertThat(bounded.value()).contains(3);
    }

    @Test
    void aStaleValueIsReadForTheNextCallerWhileThisOneDoesNotWait() {
        LatestValue<Integer> value =
                new LatestValue<>(() -> reads.get() == 0 ? counted() : readAfterSilence(), NEVER, SOON, LONG);
        assertThat(value.soon()).contains(1);
        assertThat(value.soon()).contains(1);

        silence.countDown();
        await().atMost(SOON).until(() -> value.soon().equals(Optional.of(7)));
    }

    @Test
    void aDatabaseIsNotSaidToBeSilentBeforeTheLimit() {
        LatestValue<Integer> value = new LatestValue<>(this::readAfterSilence, LONG, SHORT, LONG);
        assertThat(value.answers(LONG)).isEmpty();
        value.value();
        assertThat(value.answers(LONG)).isEmpty();
        assertThat(value.answers(NEVER)).contains(false);

        silence.countDown();
        await().atMost(SOON).until(() -> value.answers(NEVER).equals(Optional.of(true)));
    }

    @Test
    void aDatabaseThatFailedIsSilentUntilItGivesTheValue() {
        LatestValue<Integer> value = new LatestValue<>(() -> reads.get() == 0 ? fail() : counted(), NEVER, LONG, LONG);
        value.value();
        assertThat(value.answers(LONG)).contains(false);
        value.value();
        assertThat(value.answers(LONG)).contains(true);
    }

    private int counted() {
        return reads.incrementAndGet();
    }

    private int fail() {
        reads.incrementAndGet();
        throw new IllegalStateException("Key (name)=(Smith)");
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
