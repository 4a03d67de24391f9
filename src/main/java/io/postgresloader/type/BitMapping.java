package io.postgresloader.type;

import java.math.BigInteger;

/**
 * {@code bit(n)}: big-endian bytes become a string of binary digits, the most significant first.
 *
 * @param bits the number of digits
 */
record BitMapping(String targetType, int bits) implements TypeMapping {
    static BitMapping ofWidth(int bits) {
        return new BitMapping("bit(" + bits + ")", bits);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        if (new BigInteger(1, value).bitLength() > bits) {
            throw new UnstorableValueException("22026", "the value has more bits than the target type");
        }
        for (int bit = bits - 1; bit >= 0; bit--) {
            out.append((byte) digit(value, bit));
        }
    }

    /** The value as a string of so many binary digits. */
    static String digits(byte[] value, int bits) {
        StringBuilder digits = new StringBuilder(bits);
        for (int bit = bits - 1; bit >= 0; bit--) {
            digits.append(digit(value, bit));
        }
        return digits.toString();
    }

    private static char digit(byte[] value, int bit) {
        int fromEnd = bit / 8;
        int octet = fromEnd < value.length ? value[value.length - 1 - fromEnd] : 0;
        return (octet >> (bit % 8) & 1) == 1 ? '1' : '0';
    }
}
