package io.postgresloader.type;

import io.postgresloader.model.ValuePolicies.ZeroDates;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code date}, {@code datetime} and {@code timestamp}. A policy determines what the zero date {@code 0000-00-00}
 * becomes; replacements are counted. {@code 0001-01-01} is a valid date and is kept. A date with a zero month or day is
 * invalid.
 */
record DateMapping(String targetType, ZeroDates zeroDates) implements TypeMapping {
    static final byte[] ZERO_DATE = "0000-00-00".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        encode(value, 0, value.length, out);
    }

    @Override
    public void encode(byte[] bytes, int from, int length, CopyBuffer out) throws UnstorableValueException {
        if (length >= ZERO_DATE.length && (zeroPart(bytes, from + 5) || zeroPart(bytes, from + 8))) {
            encodeZero(Arrays.copyOfRange(bytes, from, from + length), out);
        } else {
            out.append(bytes, from, length);
        }
    }

    private void encodeZero(byte[] value, CopyBuffer out) throws UnstorableValueException {
        if (!startsWithZeroDate(value) || hasTimeOfDay(value)) {
            throw new UnstorableValueException("22007", "the date has a zero month or day");
        }
        if (zeroDates.reject()) {
            throw new UnstorableValueException(
                    "22007", "the value is a zero date, which zero_dates: reject does not" + " allow");
        }
        out.countZeroDate();
        if (zeroDates.day().isPresent()) {
            out.append(zeroDates.day().get().toString().getBytes(StandardCharsets.US_ASCII));
        } else {
            out.appendNull();
        }
    }

    private static boolean startsWithZeroDate(byte[] value) {
        return value.length >= ZERO_DATE.length
                && Arrays.equals(value, 0, ZERO_DATE.length, ZERO_DATE, 0, ZERO_DATE.length);
    }

    /** Whether a datetime is not at midnight. */
    static boolean hasTimeOfDay(byte[] value) {
        for (int i = ZERO_DATE.length; i < value.length; i++) {
            if (value[i] >= '1' && value[i] <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean zeroPart(byte[] value, int at) {
        return value[at] == '0' && value[at + 1] == '0';
    }
}
