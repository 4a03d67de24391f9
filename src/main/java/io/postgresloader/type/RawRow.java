package io.postgresloader.type;

import java.util.Arrays;

/**
 * One row as the source sent it: for each column a range of bytes in the driver's text form, or NULL. The bytes may
 * belong to the driver, and one object may carry row after row: a row is valid until the next one is read.
 */
public final class RawRow {
    private static final int NULL = -1;

    private final byte[][] bytes;
    private final int[] from;
    private final int[] length;

    public RawRow(int columns) {
        bytes = new byte[columns][];
        from = new int[columns];
        length = new int[columns];
        Arrays.fill(length, NULL);
    }

    /** A row of these values; null is NULL. */
    public static RawRow of(byte[]... values) {
        RawRow row = new RawRow(values.length);
        for (int column = 0; column < values.length; column++) {
            row.set(column, values[column]);
        }
        return row;
    }

    /** Sets a value; null is NULL. */
    public void set(int column, byte[] value) {
        if (value == null) {
            setNull(column);
        } else {
            set(column, value, 0, value.length);
        }
    }

    /** Sets a value to a range of an array, which is not copied. */
    public void set(int column, byte[] array, int start, int size) {
        bytes[column] = array;
        from[column] = start;
        length[column] = size;
    }

    public void setNull(int column) {
        length[column] = NULL;
    }

    public int columns() {
        return length.length;
    }

    public boolean isNull(int column) {
        return length[column] == NULL;
    }

    /** The value in an array of its own; null for NULL. */
    public byte[] value(int column) {
        return isNull(column) ? null : Arrays.copyOfRange(bytes[column], from[column], from[column] + length[column]);
    }

    /** The value of an integer column that fits into a long and is not NULL. */
    long integer(int column) {
        byte[] digits = bytes[column];
        int at = from[column];
        int end = at + length[column];
        boolean negative = digits[at] == '-';
        long number = 0;
        for (at += negative ? 1 : 0; at < end; at++) {
            // Negative numbers reach further than positive ones.
            number = 10 * number - (digits[at] - '0');
        }
        return negative ? number : -number;
    }

    /** Whether the value consists of these bytes. */
    boolean equal(int column, byte[] other) {
        return !isNull(column)
                && Arrays.equals(bytes[column], from[column], from[column] + length[column], other, 0, other.length);
    }

    /** Whether the value begins with these bytes. */
    boolean startsWith(int column, byte[] prefix) {
        return length[column] >= prefix.length
                && Arrays.equals(bytes[column], from[column], from[column] + prefix.length, prefix, 0, prefix.length);
    }

    /** Appends the value, which is not NULL, as a COPY cell. */
    void encode(int column, TypeMapping mapping, CopyBuffer out) throws UnstorableValueException {
        mapping.encode(bytes[column], from[column], length[column], out);
    }

    /** Copies some values into another row, which has their bytes in arrays of its own. */
    void copyTo(RawRow other, int... columns) {
        for (int column : columns) {
            if (isNull(column)) {
                other.setNull(column);
                continue;
            }
            byte[] own = other.bytes[column];
            if (own == null || own.length < length[column]) {
                own = new byte[length[column]];
            }
            System.arraycopy(bytes[column], from[column], own, 0, length[column]);
            other.set(column, own, 0, length[column]);
        }
    }
}
