package io.postgresloader.type;

import io.postgresloader.model.MappedValues;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of rows in PostgreSQL's COPY text format. Not thread-safe. */
public final class CopyBuffer {
    /** Eight bytes at a time; their order does not matter. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long ONES = 0x0101010101010101L;
    private static final long BLANKS = ' ' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long HIGH_BITS = 0x80 * ONES;

    private static final byte[] NULL = {'\\', 'N'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** For each byte, the letter that follows the backslash in COPY's escape, or 0 if the byte needs no escape. */
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

    private static final int SMALL = 64 << 10;

    private byte[] bytes;
    private int length;
    private long zeroDates;
    private long nulStripped;
    private long textReplaced;
    private int lengthAtMark;
    private MappedValues mappedAtMark = MappedValues.NONE;

    public CopyBuffer() {
        this(new byte[SMALL]);
    }

    /** @param array where the rows are written until it is full; what is in it does not matter */
    public CopyBuffer(byte[] array) {
        bytes = array;
    }

    void append(byte value) {
        ensure(1);
        bytes[length++] = value;
    }

    /** Appends bytes that need no escape. */
    void append(byte[] value) {
        append(value, 0, value.length);
    }

    /** Appends a range of an array that needs no escape. */
    void append(byte[] array, int from, int size) {
        ensure(size);
        System.arraycopy(array, from, bytes, length, size);
        length += size;
    }

    /**
     * Appends a text if it consists of printable ASCII characters only and needs no escape.
     *
     * @return whether the text was appended
     */
    boolean appendPlain(byte[] array, int from, int size) {
        if (!plain(array, from, size)) {
            return false;
        }
        append(array, from, size);
        return true;
    }

    private static boolean plain(byte[] array, int from, int size) {
        int at = from;
        int end = from + size;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORDS.get(array, at);
            // In each byte, the highest bit: not ASCII, below a blank, or a backslash.
            long backslash = word ^ BACKSLASHES;
            if (((word | word - BLANKS | backslash - ONES) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (array[at] < ' ' || array[at] == '\\') {
                return false;
            }
        }
        return true;
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

    /** Appends text, escaped for COPY. */
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

    /** The backing array. Only the first {@link #length} bytes are used, and the array is replaced when it grows. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number of values that were changed by a policy. */
    public MappedValues mapped() {
        return new MappedValues(zeroDates, nulStripped, textReplaced);
    }

    /** Marks the current position as the start of a row. */
    void mark() {
        lengthAtMark = length;
        if (zeroDates + nulStripped + textReplaced > 0) {
            mappedAtMark = mapped();
        }
    }

    /** Discards everything appended since the mark. */
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
