package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsFitTheirWidestCellAndNumbersAlignRight() {
        TextTable table = new TextTable("table", ">rows", "reason");
        table.add("adjustment", "7", "never loaded");
        table.add("a", "5651", "");

        assertThat(table.toString().lines())
                .containsExactly(
                        "table       rows  reason", //
                        "adjustment     7  never loaded",
                        "a           5651");
    }

    @Test
    void aTableWithoutRowsHasItsHeadings() {
        assertThat(new TextTable("table", ">rows").toString().lines()).containsExactly("table  rows");
    }
}
