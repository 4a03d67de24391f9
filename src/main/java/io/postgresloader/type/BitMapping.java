package io.postgresloader.type;

/** {@code bit(n)}: big-endian bytes become a string of n binary digits. */
record BitMapping(int bits) implements TypeMapping {
    @Override
    public String targetType() {
        return "bit(" + bits + ")";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) {
        for (int bit = bits - 1; bit >= 0; bit--) {
            int fromEnd = bit / 8;
            int octet = fromEnd < value.length ? value[value.length - 1 - fromEnd] : 0;
            out.append((byte) ((octet >> (bit % 8) & 1) == 1 ? '1' : '0'));
        }
    }
}
