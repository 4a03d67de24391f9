package io.postgresloader.type;

import java.math.BigInteger;

/**
 * {@code bit(n)}: big-endian bytes become a string of binary digits, the highest first.
 *
 * @param bits how many digits
 */
record BitMapping(String targetType, int bits) implements TypeMapping {
    static BitMapping ofWidth(int bits) {
        return new BitMapping("bit(" + bits + ")", bits);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
        if (new BigInteger(1, value).bitLength() > bits) {
            throw new RejectedValueException("22026", "the number has more bits than the target's type");
        }
        for (int bit = bits - 1; bit >= 0; bit--) {
            int fromEnd = bit / 8;
            int octet = fromEnd < value.length ? value[value.length - 1 - fromEnd] : 0;
            out.append((byte) ((octet >> (bit % 8) & 1) == 1 ? '1' : '0'));
        }
    }
}
