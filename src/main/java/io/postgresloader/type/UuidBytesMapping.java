package io.postgresloader.type;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** {@code binary(16)} as {@code uuid} with the same bytes. */
record UuidBytesMapping() implements TypeMapping {
    private static final int BYTES = 16;

    @Override
    public String targetType() {
        return "uuid";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        if (value.length != BYTES) {
            throw new UnstorableValueException("22P03", "the value does not have the 16 bytes of a uuid");
        }
        out.append(HexFormat.of().formatHex(value).getBytes(StandardCharsets.US_ASCII));
    }
}
