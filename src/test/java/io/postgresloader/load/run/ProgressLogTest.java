package io.postgresloader.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.source.PageSequence;
import io.postgresloader.source.PageSize;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLogTest {
    private static final Instant LAST = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // seconds since the last line, whether all rows are pulled, whether a line is logged
        "9, false, false",
        "11, false, true",
        "11, true, false"
    })
    void aLongLoadLogsItsProgressFromTimeToTime(long seconds, boolean exhausted, boolean logged) {
        Position position = position(exhausted);
        Instant now = LAST.plusSeconds(seconds);

        Position after = ProgressLog.report("t", position, now);

        assertThat(after.tally().reported()).isEqualTo(logged ? now : LAST);
        assertThat(after.bookmark()).isEqualTo(position.bookmark());
    }

    private static Position position(boolean exhausted) {
        LocalDateTime noon = LocalDateTime.parse("2026-11-23T12:00:00");
        Bookmark bookmark = new Bookmark(
                new LoadIdentity("8d6f", LoadType.FULL, "never loaded", LAST),
                new LoadScope(
                        new Horizon(noon, noon, Duration.ZERO, noon),
                        Optional.empty(),
                        new Selection.All(),
                        List.of(),
                        Map.of()),
                new LoadProgress(List.of("7"), 20, new Counts(7, 7, 0, 0, 0, MappedValues.NONE), 1));
        return new Position(
                bookmark,
                exhausted,
                PageSize.of(10, 1000, 10),
                PageSequence.behind(RowKey.NONE),
                Tally.none(true).reported(LAST));
    }
}
