package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomKeysTest {
    @Test
    void keysThatAreMostlyFarApartAreNoted() {
        assertThat(RandomKeys.note(top(new Random(1).longs(RandomKeys.LOOKED_AT, 1, Long.MAX_VALUE))))
                .contains(RandomKeys.NOTE);
    }

    @Test
    void keysOneAfterTheOtherAreNot() {
        assertThat(RandomKeys.note(top(LongStream.range(0, RandomKeys.LOOKED_AT).map(i -> 10 * i))))
                .isEmpty();
    }

    @Test
    void someKeysThatAnImportChoseDecideNothing() {
        assertThat(RandomKeys.note(top(LongStream.range(0, RandomKeys.LOOKED_AT).map(i -> i < 12 ? i : i << 40))))
                .isEmpty();
    }

    @Test
    void fewKeysDecideNothing() {
        assertThat(RandomKeys.note(top(LongStream.of(1, 1L << 40, 1L << 50)))).isEmpty();
    }

    private static List<BigInteger> top(LongStream keys) {
        return keys.boxed()
                .sorted((one, other) -> Long.compare(other, one))
                .map(BigInteger::valueOf)
                .toList();
    }
}
