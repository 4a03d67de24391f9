package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
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

    private static Page page(int bytesOfEachRow, int rows) {
        int[] ends = new int[rows];
        for (int i = 0; i < rows; i++) {
            ends[i] = (i + 1) * bytesOfEachRow;
        }
        return new Page(RowBatch.of(new byte[0], ends), List.of(), RowKey.NONE, false, MappedValues.NONE);
    }
}
