package io.postgresloader.type;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** {@code binary(16)} as the {@code uuid} that its bytes are. */
record UuidBytesMapping() implements TypeMapping {
    private static final int BYTES = 16;

    @Override
    public String targetType() {
        return "uuid";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
        if (value.length != BYTES) {
            throw new RejectedValueException("22P03", "not the 16 bytes of a uuid");
        }
        out.append(HexFormat.of().formatHex(value).getBytes(StandardCharsets.US_ASCII));
    }
}
