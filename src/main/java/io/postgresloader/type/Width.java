package io.postgresloader.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * How many bytes the values of a column take in a row of the target at the least, when PostgreSQL compresses all that
 * it can, or moves it out of the row.
 *
 * @param most the most that {@link #least} returns
 * @param least the bytes of a value in the driver's text form; 0: it is stored as NULL
 */
record Width(int most, ToIntFunction<byte[]> least) {
    /** Values of so many bytes are neither compressed nor moved, and each has one byte before it. */
    private static final int STAYS = 20;

    /** What is left of a longer value in the row. */
    private static final int LONG_VALUE = 12;

    /** Before the digits of a number, and for each four of them. */
    private static final int NUMBER_HEADER = 3;

    private static final int FOUR_DIGITS = 2;

    private static final byte[] ZERO_DATE = "0000-00-00".getBytes(StandardCharsets.US_ASCII);

    static Width of(TargetType type) {
        int size = size(type);
        if (size > 0) {
            return new Width(size, value -> zeroDate(value) ? 0 : size);
        }
        if (type.textual()) {
            int longest = type.modifiers().stream().findFirst().orElse(STAYS);
            return new Width(1 + Math.min(longest, STAYS), value -> 1 + Math.min(characters(value), longest));
        }
        return type.name().equals("numeric") ? new Width(1 + STAYS, Width::number) : new Width(1, value -> 1);
    }

    int of(byte[] value) {
        return least.applyAsInt(value);
    }

    private static int size(TargetType type) {
        return switch (type.name()) {
            case "boolean" -> 1;
            case "smallint" -> 2;
            case "integer", "real", "date", "enum" -> 4;
            case "bigint", "double precision", "time without time zone" -> 8;
            case "timestamp without time zone", "timestamp with time zone" -> 8;
            case "time with time zone" -> 12;
            case "interval", "uuid" -> 16;
            default -> 0;
        };
    }

    private static boolean zeroDate(byte[] value) {
        return value.length >= ZERO_DATE.length
                && Arrays.equals(value, 0, ZERO_DATE.length, ZERO_DATE, 0, ZERO_DATE.length);
    }

    /** Each character takes a byte at least, in any encoding; a NUL character may be left out. */
    private static int characters(byte[] value) {
        int characters = 0;
        for (int i = 0; i < value.length && characters < STAYS; i++) {
            if (value[i] != 0 && (value[i] & 0xC0) != 0x80) {
                characters++;
            }
        }
        return value.length <= STAYS ? characters : Math.min(characters, LONG_VALUE - 1);
    }

    /** Zeros at both ends take nothing. */
    private static int number(byte[] value) {
        int digits = 0;
        int significant = 0;
        for (int i = 0; i < value.length && value[i] != 'e' && value[i] != 'E'; i++) {
            if (value[i] >= '0' && value[i] <= '9' && (digits > 0 || value[i] != '0')) {
                digits++;
                significant = value[i] == '0' ? significant : digits;
            }
        }
        int width = NUMBER_HEADER + FOUR_DIGITS * ((significant + 3) / 4);
        return width <= 1 + STAYS ? width : LONG_VALUE;
    }
}
