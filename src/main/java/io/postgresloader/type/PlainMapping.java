package io.postgresloader.type;

/** Numbers and times with the same text form in both servers, which needs no escaping. */
record PlainMapping(String targetType) implements TypeMapping {
    @Override
    public void encode(byte[] value, CopyBuffer out) {
        out.append(value);
    }
}
