package io.postgresloader.type;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** {@code bit(n)} as an unsigned number, for numeric target types. */
record BitNumberMapping(String targetType) implements TypeMapping {
    @Override
    public void encode(byte[] value, CopyBuffer out) {
        out.append(new BigInteger(1, value).toString().getBytes(StandardCharsets.US_ASCII));
    }
}
