package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TableState.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeDetectionTest {
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-03-01T12:00:00");
    private static final TableOptions OPTIONS = TableOptions.defaults("t");
    private static final LoadRequest DUE = LoadRequest.due("t");

    @ParameterizedTest(name = "changed {0} s before the horizon: settled {1}")
    @CsvSource({"-1, false", "0, false", "2, false", "3, true", "3600, true"})
    void aChangeIsSettledOnceItIsOlderThanTheRoundedHorizon(int seconds, boolean settled) {
        assertThat(seenAt(NOON.minusSeconds(seconds)).orElseThrow().settled()).isEqualTo(settled);
    }

    @Test
    void withoutAnUpdateTimeNothingIsRecorded() {
        SourceState unknown = new SourceState(Optional.empty(), Optional.of(NOON), false);

        assertThat(ChangeDetection.seen(OPTIONS, Optional.of(unknown), horizon(), true))
                .isEmpty();
        assertThat(unchanged(DUE, OPTIONS, seenAt(NOON.minusHours(1)), unknown)).isEmpty();
    }

    @ParameterizedTest(name = "transactional {0}, open transactions shown {1}: settled {2}")
    @CsvSource({"true, true, true", "true, false, false", "false, true, true", "false, false, true"})
    void hiddenTransactionsKeepAChangeUnsettled(boolean transactional, boolean shown, boolean settled) {
        SourceState state = new SourceState(Optional.of(NOON.minusHours(1)), Optional.empty(), transactional);

        assertThat(ChangeDetection.seen(OPTIONS, Optional.of(state), horizon(), shown)
                        .orElseThrow()
                        .settled())
                .isEqualTo(settled);
    }

    @Test
    void theSameSettledTimeMeansUnchanged() {
        LocalDateTime changed = NOON.minusHours(1);

        assertThat(unchanged(DUE, OPTIONS, seenAt(changed), source(changed)))
                .contains("the source has not changed it since 2026-03-01T11:00 UTC");
    }

    @Test
    void anyOtherStateMeansThatRowsAreQueried() {
        LocalDateTime changed = NOON.minusHours(1);
        Optional<Seen> seen = seenAt(changed);
        LoadRequest full = new LoadRequest("t", LoadRequest.Kind.FULL, true);
        SourceState createdAgain = new SourceState(Optional.of(changed), Optional.of(NOON), false);

        assertThat(unchanged(DUE, OPTIONS, seen, source(changed.plusSeconds(1))))
                .isEmpty();
        assertThat(unchanged(DUE, OPTIONS, seen, source(changed.minusSeconds(1))))
                .isEmpty();
        assertThat(unchanged(DUE, OPTIONS, seen, createdAgain)).isEmpty();
        assertThat(unchanged(DUE, OPTIONS, Optional.empty(), source(changed))).isEmpty();
        assertThat(unchanged(DUE, OPTIONS, seenAt(NOON), source(NOON))).isEmpty();
        assertThat(unchanged(DUE, OPTIONS.lookingBack(Duration.ofHours(1)), seen, source(changed)))
                .isEmpty();
        assertThat(unchanged(full, OPTIONS, seen, source(changed))).isEmpty();
    }

    @Test
    void anotherScheduleDoesNotMakeItRead() {
        LocalDateTime changed = NOON.minusHours(1);

        assertThat(unchanged(DUE, OPTIONS.every(Duration.ofHours(1)), seenAt(changed), source(changed)))
                .isPresent();
    }

    /** Version 0.1.0 recorded the hash of all options. */
    @Test
    void aTokenWithAllOptionsIsReadAndReplaced() {
        LocalDateTime changed = NOON.minusHours(1);
        TableOptions hourly = OPTIONS.every(Duration.ofHours(1));
        Optional<Seen> older = seenAt(changed).map(seen -> ofVersion010(hourly, seen));

        assertThat(unchanged(DUE, hourly, older, source(changed))).isPresent();
        assertThat(unchanged(DUE, OPTIONS, older, source(changed))).isEmpty();
        assertThat(ChangeDetection.still(hourly, Optional.of(source(changed)), older))
                .isEqualTo(seenAt(changed));
    }

    private static Seen ofVersion010(TableOptions options, Seen seen) {
        UUID hash = UUID.nameUUIDFromBytes(options.stableText().getBytes(StandardCharsets.UTF_8));
        return new Seen(seen.token().replaceFirst(", options .*", ", options " + hash), seen.settled());
    }

    private static Optional<Seen> seenAt(LocalDateTime changed) {
        return ChangeDetection.seen(OPTIONS, Optional.of(source(changed)), horizon(), true);
    }

    private static SourceState source(LocalDateTime changed) {
        return new SourceState(Optional.of(changed), Optional.of(NOON.minusYears(1)), false);
    }

    private static Horizon horizon() {
        return new Horizon(NOON, NOON, Duration.ZERO, NOON.plusSeconds(30));
    }

    private static Optional<String> unchanged(
            LoadRequest request, TableOptions options, Optional<Seen> seen, SourceState now) {
        TableState state = new TableState(
                1,
                new TableState.Ended("success", null, null),
                Optional.of(new Watermarks(NOON, Map.of(), List.of())),
                Map.of(),
                Optional.empty(),
                seen,
                Optional.empty(),
                Optional.empty());
        return ChangeDetection.unchanged(request, options, state, Optional.of(now));
    }
}
