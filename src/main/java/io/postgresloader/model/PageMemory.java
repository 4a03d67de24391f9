package io.postgresloader.model;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The arrays of pages that were written or compared, for the pages that are read next. Arrays of megabytes are expensive
 * garbage: while a table is loaded, they would fill a small heap each second. The garbage collector may take spare ones.
 */
public final class PageMemory {
    /** A segment ends with the row that reaches this size. */
    public static final int SEGMENT_BYTES = 4 << 20;

    /** With room for the row that reaches it, if that is not a large one. */
    private static final int ARRAY_BYTES = SEGMENT_BYTES + SEGMENT_BYTES / 16;

    private static final Deque<Reference<byte[]>> SPARE = new ConcurrentLinkedDeque<>();

    private PageMemory() {}

    /** An array for one segment, with any content. */
    public static byte[] take() {
        return spare().orElseGet(() -> new byte[ARRAY_BYTES]);
    }

    /** An array for one segment that need not be allocated, with any content; empty: there is none. */
    public static Optional<byte[]> spare() {
        for (Reference<byte[]> reference = SPARE.poll(); reference != null; reference = SPARE.poll()) {
            byte[] array = reference.get();
            if (array != null) {
                return Optional.of(array);
            }
        }
        return Optional.empty();
    }

    /** Takes an array that nobody reads any more. One of another size is left to the garbage collector. */
    static void give(byte[] array) {
        if (array.length == ARRAY_BYTES) {
            SPARE.push(new SoftReference<>(array));
        }
    }
}
