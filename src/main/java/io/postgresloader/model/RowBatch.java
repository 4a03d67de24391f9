package io.postgresloader.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rows in PostgreSQL's COPY text format: a range of a page that one upsert writes. The bytes are shared, not copied.
 *
 * @param segments all rows of the page
 * @param keys the integer keys of these rows if they are in no order; empty: the rows are in key order
 * @param from the first row of this batch
 * @param to the row after the last one of this batch
 */
public record RowBatch(List<RowSegment> segments, long[] keys, int from, int to) {
    private static final long[] IN_ORDER = {};

    public RowBatch {
        segments = List.copyOf(segments);
        if (from < 0 || from > to || to > pageRows(segments)) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + pageRows(segments));
        }
    }

    /** All rows of a page, in key order. */
    public RowBatch(List<RowSegment> segments) {
        this(segments, IN_ORDER, 0, pageRows(segments));
    }

    /** All rows of a page of one segment, in key order. */
    public static RowBatch of(byte[] bytes, int[] ends) {
        return new RowBatch(List.of(new RowSegment(bytes, ends, 0)));
    }

    private static int pageRows(List<RowSegment> segments) {
        return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).behind();
    }

    public int rows() {
        return to - from;
    }

    /** The number of rows of the page that this batch is a part of. */
    public int pageRows() {
        return pageRows(segments);
    }

    /** Whether the rows are in key order. */
    public boolean inOrder() {
        return keys.length == 0;
    }

    /** The rows in the order of their keys, which are in {@link #keys}. */
    public int[] orderByKey() {
        long least = LongStream.of(keys).min().orElse(0);
        long greatest = LongStream.of(keys).max().orElse(0);
        int rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(to);
        if (Long.compareUnsigned(greatest - least, Long.MAX_VALUE >>> rowBits) > 0) {
            return IntStream.range(from, to)
                    .boxed()
                    .sorted(Comparator.comparingLong(row -> keys[row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        // A number for each row, first its key, then its place: a million of them need no objects.
        long place = (1L << rowBits) - 1;
        return IntStream.range(from, to)
                .mapToLong(row -> keys[row] - least << rowBits | row)
                .sorted()
                .mapToInt(number -> (int) (number & place))
                .toArray();
    }

    /** The row with the least key; the first one if the rows are in key order. */
    public int least() {
        int least = from;
        for (int row = from + 1; row < to && !inOrder(); row++) {
            least = keys[row] < keys[least] ? row : least;
        }
        return least;
    }

    /** The size of this batch in bytes. */
    public long size() {
        long size = 0;
        for (RowSegment segment : segments) {
            int first = Math.max(from, segment.firstRow());
            int behind = Math.min(to, segment.behind());
            size += first < behind ? segment.end(behind - 1) - segment.start(first) : 0;
        }
        return size;
    }

    public RowBatch slice(int sliceFrom, int sliceTo) {
        return new RowBatch(segments, keys, sliceFrom, sliceTo);
    }

    /** Takes a range of an array. */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        void write(byte[] bytes, int from, int length) throws E;
    }

    /** Writes all rows, one after the other. */
    public <E extends Exception> void writeTo(Sink<E> sink) throws E {
        for (RowSegment segment : segments) {
            int first = Math.max(from, segment.firstRow());
            int behind = Math.min(to, segment.behind());
            if (first < behind) {
                int start = segment.start(first);
                sink.write(segment.bytes(), start, segment.end(behind - 1) - start);
            }
        }
    }

    /** Whether one row consists of these bytes. */
    public boolean equal(int row, byte[] line) {
        RowSegment segment = segment(row);
        return Arrays.equals(segment.bytes(), segment.start(row), segment.end(row), line, 0, line.length);
    }

    /** The cells of one row in COPY format, with escapes; {@code \N} is NULL. */
    public List<String> cells(int row) {
        RowSegment segment = segment(row);
        int start = segment.start(row);
        int lengthWithoutNewline = segment.end(row) - start - 1;
        String line = new String(segment.bytes(), start, lengthWithoutNewline, StandardCharsets.UTF_8);
        return List.of(line.split("\t", -1));
    }

    private RowSegment segment(int row) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (row < segments.get(middle).behind()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return segments.get(low);
    }
}
