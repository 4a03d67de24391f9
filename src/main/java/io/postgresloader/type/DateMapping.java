package io.postgresloader.type;

/**
 * {@code date}, {@code datetime} and {@code timestamp}. The zero date {@code 0000-00-00} becomes NULL and is counted;
 * {@code 0001-01-01} is a valid date and is kept. Dates with a zero month or day are left to PostgreSQL, which refuses
 * them, so that the row becomes a dead letter.
 */
record DateMapping(String targetType) implements TypeMapping {
    private static final byte[] ZERO_DATE = "0000-00-00".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Override
    public void encode(byte[] value, CopyBuffer out) {
        if (startsWithZeroDate(value)) {
            out.appendZeroDate();
        } else {
            out.append(value);
        }
    }

    static boolean startsWithZeroDate(byte[] value) {
        return value.length >= ZERO_DATE.length
                && java.util.Arrays.equals(value, 0, ZERO_DATE.length, ZERO_DATE, 0, ZERO_DATE.length);
    }
}
