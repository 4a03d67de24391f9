package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five rows in three segments: a, bb; ccc; d, e. */
class RowBatchTest {
    private final RowBatch page = new RowBatch(
            List.of(segment("a\nbb\n", 0, 2, 5), segment("ccc\n", 2, 4), segment("d\ne\nunused", 3, 2, 4)));

    @ParameterizedTest
    @CsvSource({"0, 5, a bb ccc d e", "1, 4, bb ccc d", "2, 3, ccc", "3, 5, d e", "0, 1, a", "4, 4, ''", "1, 2, bb"})
    void aBatchIsWrittenFromAllSegmentsThatHoldItsRows(int from, int to, String rows) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        page.slice(from, to).writeTo(written::write);

        assertThat(written.toString(StandardCharsets.US_ASCII)
                        .replace('\n', ' ')
                        .strip())
                .isEqualTo(rows);
        assertThat(page.slice(from, to).size()).isEqualTo(written.size());
    }

    @ParameterizedTest
    @CsvSource({"0, a", "1, bb", "2, ccc", "3, d", "4, e"})
    void aRowIsFoundByItsIndex(int row, String text) {
        assertThat(page.cells(row)).containsExactly(text);
        assertThat(page.equal(row, (text + "\n").getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(page.equal(row, "x\n".getBytes(StandardCharsets.US_ASCII))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "3 -7 9 -8 4, 3 1 0 4 2",
        "3 -7 9 -9223372036854775808 4, 3 1 0 4 2",
        "9223372036854775807 0 1 -9223372036854775808 4, 3 1 2 4 0",
        "1152921504606846975 0 1 2 4, 1 2 3 4 0",
        "1152921504606846976 0 1 2 4, 1 2 3 4 0",
        "-9223372036854775804 -9223372036854775808 -9223372036854775806 -9223372036854775805 -9223372036854775807, "
                + "1 4 2 3 0",
    })
    void rowsInNoOrderAreSortedByTheirKeys(String keys, String order) {
        RowBatch rows = new RowBatch(page.segments(), numbers(keys), 0, 5);

        assertThat(IntStream.of(rows.orderByKey()).asLongStream().toArray()).isEqualTo(numbers(order));
    }

    @Test
    void leastRowOfRowsInNoOrderHasTheLeastKey() {
        RowBatch rows = new RowBatch(page.segments(), numbers("3 -7 9 -8 4"), 0, 5);

        assertThat(rows.least()).isEqualTo(3);
        assertThat(rows.slice(0, 3).least()).isEqualTo(1);
        assertThat(page.least()).isZero();
    }

    private static long[] numbers(String text) {
        return Stream.of(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static RowSegment segment(String bytes, int firstRow, int... ends) {
        return new RowSegment(bytes.getBytes(StandardCharsets.US_ASCII), ends, firstRow);
    }
}
