package io.postgresloader.type;

import java.util.Arrays;

/** Rows in PostgreSQL's COPY text format, growing. Not for use by several threads. */
public final class CopyBuffer {
    private static final byte[] NULL = {'\\', 'N'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    /** By byte: the letter that follows a backslash in COPY's escape, or 0 where the byte stands for itself. */
    private static final byte[] ESCAPES = new byte[256];

    static {
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES[0x0B] = 'v';
        ESCAPES['\\'] = '\\';
    }

    private byte[] bytes = new byte[64 * 1024];
    private int length;
    private long zeroDates;

    void append(byte value) {
        ensure(1);
        bytes[length++] = value;
    }

    /** Appends bytes that need no escape. */
    void append(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void appendNull() {
        append(NULL);
    }

    void appendZeroDate() {
        appendNull();
        zeroDates++;
    }

    /** Appends text, escaped as COPY wants it. */
    void appendEscaped(byte[] value) {
        ensure(2 * value.length);
        for (byte b : value) {
            byte escape = ESCAPES[b & 0xFF];
            if (escape != 0) {
                bytes[length++] = '\\';
                bytes[length++] = escape;
            } else {
                bytes[length++] = b;
            }
        }
    }

    void appendHex(byte[] value) {
        ensure(2 * value.length);
        for (byte b : value) {
            bytes[length++] = HEX[(b >> 4) & 0xF];
            bytes[length++] = HEX[b & 0xF];
        }
    }

    public int length() {
        return length;
    }

    /** The bytes so far; only the first {@link #length} of them count, and the array is replaced as it grows. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many values were {@code 0000-00-00}. */
    public long zeroDates() {
        return zeroDates;
    }

    void rewind(int newLength, long newZeroDates) {
        length = newLength;
        zeroDates = newZeroDates;
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            int wanted = Math.addExact(length, more);
            int grown = (int) Math.min(Integer.MAX_VALUE - 16L, bytes.length + (bytes.length >> 1) + 1L);
            bytes = Arrays.copyOf(bytes, Math.max(wanted, grown));
        }
    }
}
