package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawRowTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                255,
                -128,
                4_294_967_295L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                1_000_000_007
            })
    void anIntegerIsReadFromItsDigits(long number) {
        byte[] packet = ("xx" + number + "9").getBytes(StandardCharsets.US_ASCII);
        RawRow row = new RawRow(1);
        row.set(0, packet, 2, packet.length - 3);

        assertThat(row.integer(0)).isEqualTo(number);
    }

    @Test
    void aCopyStaysWhenTheRowMovesOn() {
        byte[] packet = {'a', 'b', 'c', 'd'};
        RawRow row = new RawRow(3);
        row.set(0, packet, 0, 1);
        row.set(1, packet, 1, 3);
        RawRow kept = new RawRow(3);

        row.copyTo(kept, 1, 2);
        packet[1] = 'x';
        row.set(1, packet, 0, 1);

        assertThat(kept.value(1)).asString().isEqualTo("bcd");
        assertThat(kept.isNull(0)).isTrue();
        assertThat(kept.isNull(2)).isTrue();
    }
}
