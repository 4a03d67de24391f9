package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.source.OpenWork.Ages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenWorkTest {
    private static final Ages SEEN = ages(Optional.of(Duration.ofSeconds(30)));
    private static final Ages NOT_TOLD = ages(Optional.empty());

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger looks = new AtomicInteger();

    /** What a look that takes 10 ms found; ms from its end to the next question; how old the answer is then, in ms. */
    @ParameterizedTest
    @CsvSource({
        "true,     0,  10, 1",
        "true,   249, 259, 1",
        "true,   250,   0, 2",
        "false,  250, 260, 1",
        "false, 1999, 2009, 1",
        "false, 2000,  0, 2",
    })
    void aLookServesForAWhileAndIsAsOldAsItsBeginning(boolean told, long after, long ago, int looksInAll) {
        Ages found = told ? SEEN : NOT_TOLD;
        OpenWork work = new OpenWork(() -> look(found), nanos::get);

        assertThat(work.read()).isEqualTo(found);
        pass(after);

        assertThat(work.read()).isEqualTo(found.seenAgo(Duration.ofMillis(ago)));
        assertThat(looks).hasValue(looksInAll);
    }

    @Test
    void aLookThatFailsIsForgotten() {
        AtomicInteger answers = new AtomicInteger();
        OpenWork work = new OpenWork(
                () -> {
                    if (answers.incrementAndGet() == 2) {
                        throw new IllegalStateException("no answer");
                    }
                    return look(SEEN);
                },
                nanos::get);
        work.read();
        pass(300);
        assertThatThrownBy(work::read).hasMessage("no answer");

        assertThat(work.read()).isEqualTo(SEEN);
        assertThat(looks).hasValue(2);
    }

    private Ages look(Ages found) {
        looks.incrementAndGet();
        pass(10);
        return found;
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private static Ages ages(Optional<Duration> transaction) {
        return new Ages(transaction, Duration.ofSeconds(1), Duration.ZERO, true, List.of());
    }
}
