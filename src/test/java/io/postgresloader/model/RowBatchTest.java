package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    @Test
    void rowsInNoOrderAreSortedByTheirKeys() {
        RowBatch rows = new RowBatch(page.segments(), new long[] {3, -7, 9, Long.MIN_VALUE, 4}, 0, 5);

        assertThat(rows.orderByKey()).containsExactly(3, 1, 0, 4, 2);
        assertThat(rows.least()).isEqualTo(3);
        assertThat(rows.slice(0, 3).least()).isEqualTo(1);
        assertThat(page.least()).isZero();
    }

    private static RowSegment segment(String bytes, int firstRow, int... ends) {
        return new RowSegment(bytes.getBytes(StandardCharsets.US_ASCII), ends, firstRow);
    }
}
