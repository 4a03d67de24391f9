package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.MappedValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyBufferTest {
    /** Around the first size and its growth by half, and far beyond both. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 98_304, 98_305, 3_000_000})
    void aValueOfAnySizeFits(int size) {
        byte[] value = new byte[size];
        Arrays.fill(value, (byte) 'x');
        CopyBuffer buffer = new CopyBuffer();

        buffer.append((byte) '<');
        buffer.append(value);
        buffer.append((byte) '>');

        assertThat(text(buffer)).isEqualTo("<" + "x".repeat(size) + ">");
    }

    @Test
    void manySmallValuesFit() {
        CopyBuffer buffer = new CopyBuffer();
        for (int i = 0; i < 300_000; i++) {
            buffer.append((byte) ('0' + i % 10));
        }

        assertThat(text(buffer)).isEqualTo("0123456789".repeat(30_000));
    }

    @Test
    void escapesAndHexadecimalDigitsTakeTwiceTheRoom() {
        byte[] tabs = new byte[70_000];
        Arrays.fill(tabs, (byte) '\t');
        CopyBuffer escaped = new CopyBuffer();
        CopyBuffer hex = new CopyBuffer();

        escaped.appendEscaped(tabs);
        hex.appendHex(tabs);

        assertThat(text(escaped)).isEqualTo("\\t".repeat(70_000));
        assertThat(text(hex)).isEqualTo("09".repeat(70_000));
    }

    /** Eight bytes are looked at together, and the rest one by one: each place is tried. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 13, 31, '\\', 0x80, 0xC3, 0xFF})
    void aTextIsPlainOnlyWithoutSuchAByteAnywhere(int special) {
        for (int length = 1; length <= 20; length++) {
            for (int place = 0; place < length; place++) {
                byte[] text = "~ A!}[]^zZ09~ A!}[]^".substring(0, length).getBytes(StandardCharsets.US_ASCII);
                CopyBuffer buffer = new CopyBuffer();
                assertThat(buffer.appendPlain(text, 0, length)).isTrue();
                assertThat(buffer.length()).isEqualTo(length);

                text[place] = (byte) special;

                assertThat(buffer.appendPlain(text, 0, length)).isFalse();
                assertThat(buffer.length()).isEqualTo(length);
            }
        }
    }

    @Test
    void everyByteHasTwoHexadecimalDigits() {
        CopyBuffer buffer = new CopyBuffer();

        buffer.appendHex(new byte[] {0, 9, 10, 127, (byte) 128, (byte) 255});

        assertThat(text(buffer)).isEqualTo("00090a7f80ff");
    }

    @Test
    void rewindingTakesBackBytesAndCounts() {
        CopyBuffer buffer = new CopyBuffer();
        buffer.appendNull();
        buffer.countZeroDate();
        buffer.mark();
        buffer.appendNull();
        buffer.countZeroDate();
        buffer.countNulStripped();
        buffer.countTextReplaced();

        buffer.rewind();

        assertThat(text(buffer)).isEqualTo("\\N");
        assertThat(buffer.mapped()).isEqualTo(new MappedValues(1, 0, 0));
    }

    private static String text(CopyBuffer buffer) {
        return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.US_ASCII);
    }
}
