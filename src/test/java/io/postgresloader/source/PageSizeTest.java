package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageSizeTest {
    @ParameterizedTest
    @CsvSource({
        // most rows, most bytes, declared bytes of a row, rows
        "200000, 16777216, 70, 200000",
        "200000, 16777216, 1000, 16777",
        "200000, 16777216, 0, 65536",
        // A row that is larger than a page is a page.
        "200000, 16777216, 50000000, 1",
        "1, 16777216, 10, 1",
        "2000000000, 9000000000000, 1, 2000000000"
    })
    void asManyRowsAreAskedForAsFitAPage(int maxRows, long maxBytes, long rowBytes, int rows) {
        assertThat(PageSize.of(maxRows, maxBytes, rowBytes).rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "10, 100", "1, 1000", "1000000, 1"})
    void theRowsSeenCountMoreThanTheDeclaration(int bytesOfEachRow, int rows) {
        PageSize size = PageSize.of(5_000, 1_000, 50).after(page(bytesOfEachRow, 3));

        assertThat(size.rows()).isEqualTo(rows);
    }

    @Test
    void aPageWithoutRowsChangesNothing() {
        PageSize size = PageSize.of(5_000, 1_000, 50).after(page(1, 0));

        assertThat(size.rows()).isEqualTo(20);
    }

    /** A million rows of MyISAM: the first page in key order, the second one by a scan, then the cheaper way. */
    @ParameterizedTest
    @CsvSource({"2, 1, true", "1, 2, false"})
    void theCheaperWayToReadGoesOn(double keySeconds, double scanSeconds, boolean scans) {
        PageSize first = PageSize.of(1_000_000, 64 << 20, myIsam(1_000_000), 1 << 30);
        assertThat(first.scansRange(900_000)).isFalse();
        PageSize second = first.after(page(70, 80_000).readIn(Duration.ofMillis((long) (100 * keySeconds)), false));
        assertThat(second.scansRange(900_000)).isTrue();

        PageSize third = second.after(page(70, 80_000).readIn(Duration.ofMillis((long) (100 * scanSeconds)), true));

        assertThat(third.scansRange(900_000)).isEqualTo(scans);
    }

    @ParameterizedTest
    @CsvSource({
        // rows of the table, bytes that may be scanned, whether a scan reads all rows, and whether it may read a range
        "99999, 1073741824, true, true",
        "1600000, 1073741824, false, true",
        // More than sixteen scans cost as much as the key.
        "4000000, 1073741824, false, false",
        "1000, 0, false, false"
    })
    void largeTablesAndThoseAboveTheLimitAreNotScanned(long rows, long limit, boolean all, boolean range) {
        PageSize size = PageSize.of(1_000_000, 64 << 20, myIsam(rows), limit);
        PageSize second = size.after(page(70, 100_000).readIn(Duration.ofMillis(800), false));

        assertThat(size.scansAll()).isEqualTo(all);
        assertThat(second.scansRange(rows)).isEqualTo(range);
    }

    @ParameterizedTest
    @CsvSource({
        // milliseconds that 100,000 rows took, rows of the next page
        "100, 200000",
        "400, 200000",
        "800, 100000",
        "1600, 50000",
        "80000, 1000"
    })
    void aPageOfMyIsamIsReadInASecond(long milliseconds, int rows) {
        PageSize first = PageSize.of(1_000_000, 64 << 20, myIsam(5_000_000), 0);
        assertThat(first.rows()).isEqualTo(100_000);

        PageSize next = first.after(page(70, 100_000).readIn(Duration.ofMillis(milliseconds), false));

        assertThat(next.rows()).isEqualTo(rows);
    }

    @Test
    void aReaderOfATransactionalTableNeedNotHurry() {
        SourceTable table = new SourceTable("t", List.of(), List.of(), 5_000_000, 70, true);
        PageSize size = PageSize.of(200_000, 64 << 20, table, 1 << 30);

        assertThat(size.after(page(70, 200_000).readIn(Duration.ofMinutes(1), false))
                        .rows())
                .isEqualTo(200_000);
    }

    @Test
    void aScanThatTookTooLongIsTheLast() {
        PageSize first = PageSize.of(1_000_000, 64 << 20, myIsam(1_000_000), 1 << 30);
        PageSize second = first.after(page(70, 80_000).readIn(Duration.ofMillis(800), false));

        PageSize third = second.after(page(70, 800_000).readIn(Duration.ofMillis(1_100), true));

        assertThat(second.scansRange(900_000)).isTrue();
        assertThat(third.scansRange(900_000)).isFalse();
    }

    @Test
    void aScanIsNotWorthFewRows() {
        PageSize second = PageSize.of(1_000_000, 64 << 20, myIsam(1_000_000), 1 << 30)
                .after(page(70, 80_000).readIn(Duration.ofMillis(800), false));

        assertThat(second.scansRange(62_500)).isTrue();
        assertThat(second.scansRange(62_499)).isFalse();
    }

    private static SourceTable myIsam(long rows) {
        return new SourceTable("t", List.of(), List.of(), rows, 70, false, 70 * rows);
    }

    private static Page page(int bytesOfEachRow, int rows) {
        int[] ends = new int[rows];
        for (int i = 0; i < rows; i++) {
            ends[i] = (i + 1) * bytesOfEachRow;
        }
        return new Page(RowBatch.of(new byte[0], ends), List.of(), RowKey.NONE, false, MappedValues.NONE);
    }
}
