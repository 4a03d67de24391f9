package io.postgresloader.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.ReconcileOptions;
import io.postgresloader.model.TableOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    @ParameterizedTest
    @CsvSource({
        "PT5M, PT24H, 15 minute, 1 day",
        "PT5M, , 15 minute, 1 hour",
        "PT1H, PT24H, 3 hour, 1 day",
        "PT24H, PT24H, 3 day, 12 day",
        "PT30S, PT20M, 2 minute, 20 minute",
        "PT10S, , 1 minute, 2 minute",
        "PT8H, PT168H, 1 day, 7 day"
    })
    void thresholdsFollowScheduleAndComparison(String schedule, String reconcile, String warn, String error) {
        TableOptions standard = TableOptions.defaults("claim").every(Duration.parse(schedule));
        TableOptions options = new TableOptions(
                standard.table(),
                standard.primaryKey(),
                standard.cursors(),
                standard.load(),
                new ReconcileOptions(Optional.ofNullable(reconcile).map(Duration::parse), Optional.empty()),
                standard.deletes(),
                standard.columns());

        Map<String, Object> freshness = Freshness.of(options);

        assertThat(freshness).containsExactly(Map.entry("warn_after", age(warn)), Map.entry("error_after", age(error)));
    }

    private static Map<String, Object> age(String text) {
        String[] words = text.split(" ");
        return Map.of("count", Long.parseLong(words[0]), "period", words[1]);
    }
}
