package io.postgresloader.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.RowKey;
import io.postgresloader.source.PageSequence;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRuleTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // kind, SQLSTATE, where the attempt failed, whether another attempt is made
                "TRANSIENT, 08006, before its plan, true",
                "TRANSIENT, 08006, after its begin, true",
                // A statement named what does not exist any more: the plan may be outdated.
                "SCHEMA,    42703, before its plan, false",
                "SCHEMA,    42703, before its begin, false",
                "SCHEMA,    42703, after its begin, true",
                // A message of the loader's own asks the operator.
                "SCHEMA,    -,     after its begin, false",
                "INTEGRITY, -,     after its begin, true",
                "INTEGRITY, -,     after a recount, false",
                "SCHEMA,    42703, after a recount, true",
                "ROW_DATA,  22003, after its begin, false",
                "CLAIM_LOST, -,    after its begin, false"
            })
    void onlyAFailureThatMayPassIsTriedAgain(FailureKind kind, String sqlState, String where, boolean again) {
        Failure failure = new Failure(kind, Optional.ofNullable(sqlState), "failed");
        Position position =
                switch (where) {
                    case "before its plan", "before its begin" -> null;
                    case "after its begin" -> position(false);
                    case "after a recount" -> position(true);
                    default -> throw new IllegalArgumentException(where);
                };

        assertThat(RetryRule.mayPass(failure, !where.equals("before its plan"), position))
                .isEqualTo(again);
    }

    private static Position position(boolean recounted) {
        return new Position(
                null,
                false,
                null,
                PageSequence.behind(RowKey.NONE),
                Tally.none(true).replanned(0, recounted));
    }
}
