package io.postgresloader.type;

import java.util.Arrays;

/** Maps the values of one source column to the target. */
interface TypeMapping {
    /** The type of the column in a table that the loader creates, e.g. {@code numeric(10,2)}. */
    String targetType();

    /**
     * The SELECT expression, given the quoted column name. In the driver's text protocol, it yields the bytes for
     * {@link #encode}.
     */
    default String select(String quotedColumn) {
        return quotedColumn;
    }

    /**
     * Appends the value as a COPY cell.
     *
     * @param value the bytes of the driver's text protocol, never null
     * @throws UnstorableValueException if the target cannot store the value exactly
     */
    void encode(byte[] value, CopyBuffer out) throws UnstorableValueException;

    /** {@link #encode(byte[], CopyBuffer)} for a range of an array, which mappings of frequent types do not copy. */
    default void encode(byte[] bytes, int from, int length, CopyBuffer out) throws UnstorableValueException {
        encode(Arrays.copyOfRange(bytes, from, from + length), out);
    }
}
