package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InquiryTest {
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
        Inquiry<Integer> inquiry = new Inquiry<>(asked::incrementAndGet, LONG, LONG);
        assertThat(inquiry.answer()).contains(1);
        assertThat(inquiry.answer()).contains(1);
    }

    @Test
    void afterThatItIsAskedAgain() {
        Inquiry<Integer> inquiry = new Inquiry<>(asked::incrementAndGet, Duration.ofNanos(-1), LONG);
        assertThat(inquiry.answer()).contains(1);
        assertThat(inquiry.answer()).contains(2);
    }

    @Test
    void aQuestionThatFailsHasNoAnswerAndIsNotPutAgainAtOnce() {
        Inquiry<Integer> inquiry = new Inquiry<>(
                () -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("Key (name)=(Smith)");
                },
                LONG,
                LONG);
        assertThat(inquiry.answer()).isEmpty();
        assertThat(inquiry.answer()).isEmpty();
        assertThat(asked).hasValue(1);
    }

    /** Whoever comes meanwhile does not wait for it as well, and finds the answer once it is there. */
    @Test
    void aSilentDatabaseKeepsNobodyWaiting() {
        Inquiry<Integer> inquiry = new Inquiry<>(this::answerAfterSilence, LONG, SHORT);
        assertThat(inquiry.answer()).isEmpty();
        assertThat(inquiry.answer()).isEmpty();

        silence.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> inquiry.answer().isPresent());
        assertThat(asked).hasValue(1);
    }

    @Test
    void aSilentDatabaseIsAskedByOneThreadAtATime() {
        Inquiry<Integer> inquiry = new Inquiry<>(this::answerAfterSilence, Duration.ofNanos(-1), SHORT);
        for (int i = 0; i < 20; i++) {
            assertThat(inquiry.answer()).isEmpty();
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
