package io.postgresloader.type;

/** Text of any length, as UTF-8. PostgreSQL has no way to store a NUL character: such a value is refused. */
record TextMapping(String targetType) implements TypeMapping {
    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
        for (byte b : value) {
            if (b == 0) {
                throw new RejectedValueException("22021", "the text has a NUL character, which PostgreSQL cannot hold");
            }
        }
        out.appendEscaped(value);
    }
}
