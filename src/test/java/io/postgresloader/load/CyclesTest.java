package io.postgresloader.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CyclesTest {
    private long nanos = 5;
    private final Cycles cycles = Cycles.ofRounds(() -> nanos);

    @Test
    void aCommandIsOneCycle() {
        Cycles command = Cycles.ofCommand();

        assertThat(command.of("a")).isPresent().isEqualTo(command.of("b"));
        assertThat(Cycles.ofCommand().of("a")).isNotEqualTo(command.of("a"));
    }

    @Test
    void whatIsQueuedTogetherIsOneRound() {
        String first = queued("a");
        seconds(1);
        cycles.left("a");

        assertThat(queued("b")).isEqualTo(first);
    }

    @Test
    void aRoundBeginsWhenNothingWaitsOrRuns() {
        String first = queued("a");
        seconds(3);
        assertThat(queued("b")).as("a still runs").isEqualTo(first);
        cycles.left("a");
        cycles.left("b");
        seconds(3);

        assertThat(queued("c")).isNotEqualTo(first);
    }

    @Test
    void aRoundHasATableOnce() {
        String first = queued("long");
        queued("a");
        cycles.left("a");
        String second = queued("a");

        assertThat(second).isNotEqualTo(first);
        assertThat(queued("b")).isEqualTo(second);
        assertThat(cycles.of("long")).contains(first);
    }

    @Test
    void workThatNoRoundAskedForBelongsToNone() {
        queued("a");
        cycles.left("a");

        assertThat(cycles.of("a")).isEmpty();
        assertThat(cycles.of("other")).isEmpty();
    }

    @Test
    void aRoundHasEndedWhenNothingOfItRunsAndNothingWillBeAdded() {
        String first = queued("long");
        queued("a");
        cycles.left("a");
        String second = queued("a");
        cycles.left("a");
        seconds(3);
        assertThat(cycles.ended()).as("a table may still join the second round").isEmpty();

        String third = queued("a");
        assertThat(cycles.ended()).isEqualTo(second);
        cycles.left("long");
        assertThat(cycles.ended()).isEqualTo(first + "," + second);
        cycles.left("a");
        assertThat(cycles.ended())
                .as("a table may still join within two seconds")
                .doesNotContain(third);
        seconds(3);
        assertThat(cycles.ended()).isEqualTo(first + "," + second + "," + third);
    }

    private String queued(String table) {
        cycles.queued(table);
        return cycles.of(table).orElseThrow();
    }

    private void seconds(long seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
