package io.postgresloader.type;

/**
 * {@code float} as {@code real}. The text protocol prints a FLOAT with six digits (16777217 as 16777200). Subtracting a
 * double zero widens it to a double, which is printed with all digits and which PostgreSQL rounds to the same float.
 */
record FloatMapping(String targetType) implements TypeMapping {
    @Override
    public String select(String quotedColumn) {
        // Subtraction keeps the sign of zero, addition does not: -0 - 0 is -0, and -0 + 0 is 0.
        return quotedColumn + " - 0e0";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) {
        encode(value, 0, value.length, out);
    }

    @Override
    public void encode(byte[] bytes, int from, int length, CopyBuffer out) {
        out.append(bytes, from, length);
    }
}
