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
        out.append(PREFIX);
        out.appendHex(value);
    }
}
