package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.progress.WorkProgress;
import io.postgresloader.source.SourceSample;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTallyTest {
    private static final LocalDateTime CLOCK = LocalDateTime.parse("2026-03-01T12:00:00");
    private static final LongFunction<String> SHUFFLED = row -> "2026-01-" + (10 + row * 7 % 19) + " 00:00:00";

    @Test
    void keysThatAreFarApartAreRandom() {
        long[] keys = new Random(1).longs(300, 1, Long.MAX_VALUE).sorted().toArray();
        Sampling.Sample sample = sample(true, SHUFFLED, keys);
        assertThat(sample.randomKeys()).isTrue();
        assertThat(sample.columns().get(0).pairs()).isZero();
        assertThat(sample.rows()).isEqualTo(300);
    }

    @Test
    void keysOneAfterTheOtherAreNot() {
        long[] keys = LongStream.rangeClosed(1, 300).toArray();
        assertThat(sample(true, SHUFFLED, keys).randomKeys()).isFalse();
        assertThat(sample(true, SHUFFLED, keys).columns().get(0).pairs()).isEqualTo(299);
    }

    /** Most rows deleted, steps of ten, and one key that an import chose. */
    @Test
    void gapsAndOutliersAreNot() {
        long[] keys = LongStream.rangeClosed(1, 300)
                .map(row -> row < 300 ? 10 * row + (row > 150 ? 1_000_000 : 0) : Long.MAX_VALUE)
                .toArray();
        assertThat(sample(true, SHUFFLED, keys).randomKeys()).isFalse();
    }

    /** Such as a time with some digits more. */
    @Test
    void keysInTheOrderOfAnEntryTimeAreNot() {
        long[] keys = LongStream.rangeClosed(1, 300).map(row -> row << 40).toArray();
        assertThat(sample(true, row -> "2026-01-01 10:00:" + (10 + row / 10), keys)
                        .randomKeys())
                .isFalse();
    }

    @Test
    void fewRowsAndOtherKeysShowNothing() {
        long[] keys = LongStream.rangeClosed(1, 300).map(row -> row << 40).toArray();
        assertThat(sample(true, SHUFFLED, LongStream.of(keys).limit(20).toArray())
                        .randomKeys())
                .isFalse();
        assertThat(sample(false, SHUFFLED, keys).randomKeys()).isFalse();
    }

    private static Sampling.Sample sample(boolean ordered, LongFunction<String> value, long... keys) {
        SampleTally tally = new SampleTally(1, ordered, CLOCK, WorkProgress.unlisted());
        for (int row = 0; row < keys.length; row++) {
            tally.add(new SourceSample.Row(0, Optional.of(BigInteger.valueOf(keys[row])), List.of(value.apply(row))));
        }
        return tally.sample("all");
    }
}
