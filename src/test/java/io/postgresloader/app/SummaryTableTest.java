package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTableTest {
    private static final LoadResult DONE = new LoadResult(
            "adjustment",
            Outcome.SUCCESS,
            Optional.of(LoadType.FULL),
            "never loaded",
            new Counts(1000, 600, 300, 99, 1, MappedValues.NONE),
            0,
            2,
            Optional.empty());
    private static final LoadResult FAILED = new LoadResult(
            "patient",
            Outcome.FAILED,
            Optional.empty(),
            "",
            Counts.NONE,
            0,
            0.5,
            Optional.of(new Failure(FailureKind.SCHEMA, Optional.of("42P01"), "the table does not exist")));
    private static final LoadResult SKIPPED = new LoadResult(
            "claim", Outcome.SKIPPED, Optional.empty(), "another instance", Counts.NONE, 0, 0, Optional.empty());

    @Test
    void eachLoadHasALineAndTheSumHasWallTime() {
        Locale before = Locale.getDefault();
        try {
            // Not in the language of the machine, where a comma may be a decimal point.
            Locale.setDefault(Locale.GERMANY);
            assertThat(SummaryTable.of(new LoadsDone(List.of(DONE, FAILED, SKIPPED), Duration.ofMillis(1250)))
                            .lines()
                            .map(SummaryTableTest::cells))
                    .containsExactly(
                            "table|outcome|load|rows|inserted|updated|unchanged|dead letters|seconds|rows/s|reason",
                            "adjustment|success|full|1000|600|300|99|1|2.00|500|never loaded",
                            "patient|failed|-|0|0|0|0|0|0.50|0|schema (SQLSTATE 42P01): the table does not exist",
                            "claim|skipped|-|0|0|0|0|0|0.00|-|another instance",
                            "all 3|1000|600|300|99|1|1.25|800");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0", "SKIPPED, 0", "FAILED, 1"})
    void oneFailedLoadFailsTheCommand(Outcome outcome, int exitCode) {
        LoadResult last = new LoadResult("last", outcome, Optional.empty(), "", Counts.NONE, 0, 0, Optional.empty());

        assertThat(new LoadsDone(List.of(DONE, last, DONE), Duration.ZERO).exitCode())
                .isEqualTo(exitCode);
    }

    private static String cells(String line) {
        return line.strip().replaceAll(" {2,}", "|");
    }
}
