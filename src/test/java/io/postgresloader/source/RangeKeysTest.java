package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RangeKeysTest {
    private final RangeKeys keys = new RangeKeys();

    @Test
    void keysInOrderNeedNotBeKept() {
        LongStream.range(-5, 5_000).forEach(this::add);

        assertThat(keys.unlessInOrder()).isEmpty();
        assertThat(keys.greatest()).contains(4_999L);
    }

    @Test
    void keysInAnyOtherOrderAreKept() {
        add(7);
        add(-3);
        add(9);
        add(8);

        assertThat(keys.unlessInOrder()).containsExactly(7, -3, 9, 8);
        assertThat(keys.greatest()).contains(9L);
    }

    @Test
    void aRowThatIsADeadLetterCountsForTheGreatestKeyOnly() {
        add(7);
        keys.seen(9);

        assertThat(keys.unlessInOrder()).isEmpty();
        assertThat(keys.greatest()).contains(9L);
    }

    @Test
    void thereIsNoGreatestKeyWithoutRows() {
        assertThat(keys.greatest()).isEmpty();
    }

    private void add(long key) {
        keys.seen(key);
        keys.stored(key);
    }
}
