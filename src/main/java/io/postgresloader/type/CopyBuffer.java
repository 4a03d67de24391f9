package io.postgresloader.type;

import io.postgresloader.model.MappedValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows in PostgreSQL's COPY text format, growing. Not for use by several threads. */
public final class CopyBuffer {
    private static final byte[] NULL = {'\\', 'N'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
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
    private long nulStripped;
    private long textReplaced;
    private int lengthAtMark;
    private MappedValues mappedAtMark = MappedValues.NONE;

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

    void countZeroDate() {
        zeroDates++;
    }

    void countNulStripped() {
        nulStripped++;
    }

    void countTextReplaced() {
        textReplaced++;
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
        appendHex(value, 0, value.length);
    }

    void appendHex(byte[] value, int from, int to) {
        ensure(2 * (to - from));
        for (int i = from; i < to; i++) {
            bytes[length++] = HEX[(value[i] >> 4) & 0xF];
            bytes[length++] = HEX[value[i] & 0xF];
        }
    }

    public int length() {
        return length;
    }

    /** The bytes so far; only the first {@link #length} of them count, and the array is replaced as it grows. */
    public byte[] bytes() {
        return bytes;
    }

    /** Values that did not arrive as they are. */
    public MappedValues mapped() {
        return new MappedValues(zeroDates, nulStripped, textReplaced);
    }

    /** Remembers this point, the start of a row. */
    void mark() {
        lengthAtMark = length;
        if (zeroDates + nulStripped + textReplaced > 0) {
            mappedAtMark = mapped();
        }
    }

    /** Goes back to the mark, as if nothing had been appended since. */
    void rewind() {
        length = lengthAtMark;
        zeroDates = mappedAtMark.zeroDates();
        nulStripped = mappedAtMark.nulStripped();
        textReplaced = mappedAtMark.textReplaced();
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            int wanted = Math.addExact(length, more);
            int grown = (int) Math.min(Integer.MAX_VALUE - 16L, bytes.length + (bytes.length >> 1) + 1L);
            bytes = Arrays.copyOf(bytes, Math.max(wanted, grown));
        }
    }
}
