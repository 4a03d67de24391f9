package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    @ParameterizedTest
    @CsvSource({"0, 3, 0-0", "1, 3, 0-1", "3, 3, 0-3", "4, 3, 0-3 3-4", "6, 3, 0-3 3-6", "2, 1, 0-1 1-2"})
    void everyRowIsInOneBatch(int rows, int size, String batches) {
        Page page = new Page(RowBatch.of(new byte[0], new int[rows]), List.of(), RowKey.NONE, true, MappedValues.NONE);

        String found = String.join(
                " ",
                page.batches(size).stream()
                        .map(batch -> batch.from() + "-" + batch.to())
                        .toList());

        assertThat(found).isEqualTo(batches);
    }
}
