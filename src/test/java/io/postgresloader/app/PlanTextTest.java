package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.plan.PlanExplanation;
import io.postgresloader.load.plan.ReadAgain;
import io.postgresloader.load.plan.ReadAgain.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void whatIsReadAgainHasItsReasons() {
        List<ReadAgain> again = List.of(
                new ReadAgain(
                        "Edited",
                        Optional.of("2026-11-23T10:00"),
                        "2026-11-22T08:55",
                        List.of(reason("lookback", "5m"), reason("daylight saving time", "1h"))),
                new ReadAgain("Id", Optional.of("3000"), "2990", List.of(reason("keys that were open", "10"))),
                new ReadAgain(
                        "Day",
                        Optional.empty(),
                        "2000-01-01T00:00",
                        List.of(new Reason("no load has read the column yet", Optional.empty()))));
        PlanExplanation plan = new PlanExplanation(
                "visit",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of("a note"),
                Optional.of(new PlanExplanation.Read(
                        "incremental",
                        "changed by Edited",
                        List.of("Edited from 2026-11-22T08:55, before 2027-11-24T00:00 (datetime, or)"),
                        again,
                        "SELECT 1",
                        List.of(),
                        1234,
                        Optional.of("Edited"),
                        Optional.empty())));

        assertThat(PlanText.of(List.of(plan)))
                .isEqualToNormalizingNewlines(
                        """
                        visit  incremental: changed by Edited
                          window      Edited from 2026-11-22T08:55, before 2027-11-24T00:00 (datetime, or)
                          again       Edited from 2026-11-22T08:55, loaded up to 2026-11-23T10:00: lookback 5m, \
                        daylight saving time 1h
                          again       Id from 2990, loaded up to 3000: keys that were open 10
                          again       Day from 2000-01-01T00:00: no load has read the column yet
                          rows        ~1,234 rows, index Edited
                          sql         SELECT 1
                          note        a note
                        """);
    }

    private static Reason reason(String why, String amount) {
        return new Reason(why, Optional.of(amount));
    }
}
