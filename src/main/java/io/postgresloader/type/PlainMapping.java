package io.postgresloader.type;

/** Numbers and times whose text both servers spell alike and which needs no escape. */
record PlainMapping(String targetType) implements TypeMapping {
    @Override
    public void encode(byte[] value, CopyBuffer out) {
        out.append(value);
    }
}
