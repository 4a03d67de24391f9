package io.postgresloader.type;

import java.util.Arrays;

/**
 * A mapping to another target type than the default. PostgreSQL converts the text or fails. The check rejects values
 * that PostgreSQL would silently change by rounding, trimming blanks or dropping the time of day.
 *
 * @param mapping selects and writes the value
 * @param check detects values that the target would change
 */
record CheckedMapping(String targetType, TypeMapping mapping, Check check) implements TypeMapping {
    /** Checks that the target type can store a value exactly. */
    interface Check {
        /** For conversions in which PostgreSQL stores a value exactly or fails. */
        Check NONE = value -> {};

        /** @throws UnstorableValueException if the target type cannot store the value exactly */
        void check(byte[] value) throws UnstorableValueException;

        default Check and(Check other) {
            return value -> {
                check(value);
                other.check(value);
            };
        }
    }

    @Override
    public String select(String quotedColumn) {
        return mapping.select(quotedColumn);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        check.check(value);
        mapping.encode(value, out);
    }

    @Override
    public void encode(byte[] bytes, int from, int length, CopyBuffer out) throws UnstorableValueException {
        if (check == Check.NONE) {
            mapping.encode(bytes, from, length, out);
        } else {
            encode(Arrays.copyOfRange(bytes, from, from + length), out);
        }
    }
}
