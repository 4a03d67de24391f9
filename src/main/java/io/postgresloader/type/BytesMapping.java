package io.postgresloader.type;

/** Bytes as {@code bytea}, in hexadecimal form. */
record BytesMapping() implements TypeMapping {
    static final byte[] PREFIX = {'\\', '\\', 'x'};

    @Override
    public String targetType() {
        return "bytea";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) {
        encode(value, 0, value.length, out);
    }

    @Override
    public void encode(byte[] bytes, int from, int length, CopyBuffer out) {
        out.append(PREFIX);
        out.appendHex(bytes, from, from + length);
    }
}
