package io.postgresloader.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void aTableOfNumbersIsWrittenOut() {
        assertThat(Numbers.writtenOut("SELECT seq FROM seq_5_to_16 WHERE seq % 2"))
                .startsWith("SELECT seq FROM (SELECT 5 + 1 * d0.d + 10 * d1.d AS seq FROM (SELECT 0 AS d UNION ALL ")
                .endsWith(") d1 ORDER BY seq LIMIT 12) AS seq_5_to_16 WHERE seq % 2");
    }

    @Test
    void otherStatementsStay() {
        assertThat(Numbers.writtenOut("SELECT seq_in_index FROM my_seq_1_to_2"))
                .isEqualTo("SELECT seq_in_index FROM my_seq_1_to_2");
    }
}
