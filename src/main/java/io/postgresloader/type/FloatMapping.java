package io.postgresloader.type;

/**
 * {@code float} as {@code real}. The text protocol prints a FLOAT with six digits (16777217 as 16777200); widened to a
 * double by taking a double zero off, it is printed with all its digits, and PostgreSQL rounds back to the same float.
 */
record FloatMapping(String targetType) implements TypeMapping {
    @Override
    public String select(String quotedColumn) {
        // Only subtracting keeps the sign of zero: -0 + 0 is 0, and -0 - 0 is -0.
        return quotedColumn + " - 0e0";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) {
        out.append(value);
    }
}
