package io.postgresloader.type;

/** Numbers and times with the same text form in both servers, which needs no escaping. */
record PlainMapping(String targetType) implements TypeMapping {
    @Override
    public void encode(byte[] value, CopyBuffer out) {
        encode(value, 0, value.length, out);
    }

    @Override
    public void encode(byte[] bytes, int from, int length, CopyBuffer out) {
        out.append(bytes, from, length);
    }
}
