package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LatestValueTest {
    private static final Duration NEVER = Duration.ofNanos(-1);
    private static final Duration LONG = Duration.ofHours(1);

    /** A target under load takes longer than callers wait, each time; they come less often than a value is fresh. */
    @Test
    void aValueThatIsTooLateForItsCallersIsThereForTheNext() {
        CountDownLatch slow = new CountDownLatch(1);
        LatestValue<Integer> latest = new LatestValue<>(() -> after(slow), NEVER, Duration.ofMillis(1), LONG);
        assertThat(latest.value()).isEmpty();

        slow.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> latest.kept().isPresent());
        assertThat(latest.value()).contains(1);
    }

    @Test
    void aValueIsNotKeptForEver() {
        LatestValue<Integer> latest = new LatestValue<>(() -> 1, NEVER, LONG, NEVER);
        assertThat(latest.value()).contains(1);
        assertThat(latest.kept()).isEmpty();
    }

    private static int after(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 1;
    }
}
