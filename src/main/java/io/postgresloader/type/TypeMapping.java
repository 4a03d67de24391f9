package io.postgresloader.type;

/** How the values of one source column reach the target. */
interface TypeMapping {
    /** The type of the column in a table that we create, e.g. {@code numeric(10,2)}. */
    String targetType();

    /**
     * What to select, given the quoted column name; the driver's text protocol must yield bytes for {@link #encode}.
     */
    default String select(String quotedColumn) {
        return quotedColumn;
    }

    /**
     * Appends the value as a COPY cell.
     *
     * @param value the bytes of the driver's text protocol, never null
     * @throws RejectedValueException when the value has no exact counterpart in the target
     */
    void encode(byte[] value, CopyBuffer out) throws RejectedValueException;
}
