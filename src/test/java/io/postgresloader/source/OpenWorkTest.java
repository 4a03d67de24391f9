package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.source.OpenWork.Ages;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenWorkTest {
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-23T12:00:00");
    private static final Ages SEEN = ages(Optional.of(Duration.ofSeconds(30)));
    private static final Ages NOT_SHOWN = ages(Optional.empty());

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger looks = new AtomicInteger();

    /**
     * Whether a look showed transactions; ms from its end to the next question; ms between the source's clock at both;
     * how old the answer is then, in ms; looks in all.
     */
    @ParameterizedTest
    @CsvSource({
        "true,     0,   15,   15, 1",
        "true,   249,  260,  260, 1",
        "true,   250,  260,    0, 2",
        "false,  250,  260,  260, 1",
        "false, 1999, 2010, 2010, 1",
        "false, 2000, 2010,    0, 2",
        // The clock was set, or who asks second has read it first.
        "true,     0, 5000, 5000, 1",
        "true,     0,   -5,    0, 1",
    })
    void aLookServesForAWhileAndIsAsOldAsTheClockBeforeIt(
            boolean shown, long after, long clock, long ago, int looksInAll) {
        Ages found = shown ? SEEN : NOT_SHOWN;
        OpenWork work = new OpenWork(() -> look(found), nanos::get);

        assertThat(work.read(NOON)).isEqualTo(found);
        pass(after);

        assertThat(work.read(NOON.plus(Duration.ofMillis(clock)))).isEqualTo(found.seenAgo(Duration.ofMillis(ago)));
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
        work.read(NOON);
        pass(300);
        assertThatThrownBy(() -> work.read(NOON)).hasMessage("no answer");

        assertThat(work.read(NOON)).isEqualTo(SEEN);
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
