package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTallyTest {
    private final ColumnTally tally = new ColumnTally(LocalDateTime.parse("2026-03-01T12:00:00"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "NULL, 1, 0, 0, 0, 0",
                "0000-00-00, 0, 1, 0, 0, 0",
                "0000-00-00 00:00:00, 0, 1, 0, 0, 0",
                "2020-00-10, 0, 1, 0, 0, 0",
                "2021-02-30 10:00:00, 0, 1, 0, 0, 0",
                "0001-01-01, 0, 0, 1, 0, 0",
                "1999-12-31 23:59:59.999999, 0, 0, 1, 0, 0",
                "2000-01-01, 0, 0, 0, 0, 0",
                "2026-03-02 12:00:00, 0, 0, 0, 0, 0",
                "2026-03-02 12:00:01, 0, 0, 0, 0, 1",
                "2027-03-01 12:00:00.000000, 0, 0, 0, 0, 1",
                "2027-03-02, 0, 0, 0, 1, 0",
                "9999-12-31 23:59:59, 0, 0, 0, 1, 0"
            })
    void tellsRealDatesFromOthers(String value, long nulls, long zeros, long before, long after, long future) {
        tally.add(0, true, value);
        assertThat(tally.evidence()).isEqualTo(new ColumnEvidence(1, nulls, zeros, before, after, future, 0, 0));
    }

    @Test
    void comparesNeighboursOfOneRunThatHaveRealDates() {
        tally.add(0, true, "2026-01-10 00:00:00");
        tally.add(0, true, null);
        tally.add(0, true, "0001-01-01");
        tally.add(0, true, "2026-01-09 00:00:00");
        tally.add(0, true, "2026-01-07 23:59:59");
        tally.add(1, true, "2020-01-01 00:00:00");
        tally.add(1, true, "2020-01-01 00:00:00");

        ColumnEvidence evidence = tally.evidence();
        assertThat(evidence.pairs()).isEqualTo(3);
        assertThat(evidence.back()).isEqualTo(1);
    }

    @Test
    void comparesNothingWhereRowsHaveNoOrder() {
        tally.add(0, false, "2026-01-10");
        tally.add(0, false, "2020-01-10");
        assertThat(tally.evidence().pairs()).isZero();
    }
}
