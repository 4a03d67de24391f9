package io.postgresloader.model.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningWorkTest {
    private static final Instant START = Instant.parse("2026-03-02T07:00:00Z");

    private Duration elapsed = Duration.ZERO;
    private final RunningWork running = new RunningWork(() -> START.plus(elapsed), () -> elapsed.toNanos());

    private void after(int millis) {
        elapsed = elapsed.plusMillis(millis);
    }

    private RunningTable only() {
        assertThat(running.now()).hasSize(1);
        return running.now().get(0);
    }

    @Test
    void workIsListedInTheOrderOfItsStartsUntilItIsClosed() {
        WorkProgress patient = running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        after(10);
        WorkProgress claim = running.begin("claim", WorkKind.COMPARISON, WorkPhase.PLANNING);
        assertThat(running.now()).extracting(RunningTable::table).containsExactly("patient", "claim");
        assertThat(running.now()).extracting(RunningTable::started).containsExactly(START, START.plusMillis(10));

        patient.close();
        patient.close();
        assertThat(only().table()).isEqualTo("claim");
        assertThat(only().kind()).isEqualTo(WorkKind.COMPARISON);

        claim.close();
        assertThat(running.now()).isEmpty();
    }

    @Test
    void beforeItsRowsAreCountedNothingIsKnownOfTheEnd() {
        running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        after(5_000);
        assertThat(only().rowsExpected()).isEmpty();
        assertThat(only().fraction()).isEmpty();
        assertThat(only().estimatedEnd()).isEmpty();
        assertThat(only().rowsPerSecond()).isZero();
    }

    @Test
    void aResumedLoadBeginsAtTheCommittedRowsWhichDoNotCountAsSpeed() {
        WorkProgress load = running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        after(3_000);
        load.begin(WorkPhase.LOADING, 600, 1_000);
        assertThat(only().rowsDone()).isEqualTo(600);
        assertThat(only().rowsRead()).isEqualTo(600);
        assertThat(only().rowsExpected()).isEqualTo(OptionalLong.of(1_000));
        assertThat(only().fraction()).hasValue(0.6);
        assertThat(only().rowsPerSecond()).isZero();
        assertThat(only().estimatedEnd()).isEmpty();

        load.read(800);
        assertThat(only().rowsDone()).isEqualTo(600);
        assertThat(only().rowsRead()).isEqualTo(800);

        after(2_000);
        load.done(800);
        assertThat(only().rowsPerSecond()).isEqualTo(100);
        assertThat(only().estimatedEnd()).hasValue(START.plusMillis(5_000 + 2_000));
    }

    @Test
    void aSecondAttemptBeginsAgainAtWhatIsCommitted() {
        WorkProgress load = running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        load.begin(WorkPhase.LOADING, 0, 1_000);
        load.read(900);
        after(1_000);
        load.done(400);
        load.phase(WorkPhase.RETRYING);
        assertThat(only().phase()).isEqualTo(WorkPhase.RETRYING);
        load.begin(WorkPhase.LOADING, 400, 1_200);
        assertThat(only().rowsRead()).isEqualTo(400);
        assertThat(only().rowsPerSecond()).isZero();
        assertThat(only().rowsExpected()).isEqualTo(OptionalLong.of(1_200));
    }

    @Test
    void anEstimateThatWasTooLowIsNoExpectationAnyMore() {
        WorkProgress comparison = running.begin("patient", WorkKind.COMPARISON, WorkPhase.PLANNING);
        comparison.begin(WorkPhase.COMPARING, 0, 1_000);
        after(1_000);
        comparison.done(1_001);
        assertThat(only().rowsExpected()).isEmpty();
        assertThat(only().fraction()).isEmpty();
        assertThat(only().estimatedEnd()).isEmpty();
        assertThat(only().rowsPerSecond()).isEqualTo(1_001);
    }

    @Test
    void noRowsAreNoFraction() {
        WorkProgress load = running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        load.begin(WorkPhase.LOADING, 0, 0);
        assertThat(only().fraction()).isEmpty();
    }

    /** Pages of a speed, then a pause without any page. */
    @ParameterizedTest
    @CsvSource({
        "one page,            1, 2000, 0,     500",
        "many short pages,  900,   10, 0,  100000",
        "long pages,          3, 9000, 0,     111",
        "half of it is past,  2, 1000, 0,    1000",
        "a page that takes,   1, 1000, 5000, 1000",
        "silence,             1, 1000, 9000,  100",
    })
    void theSpeedIsThatOfTheLastSeconds(String what, int pages, int millis, int silence, double perSecond) {
        WorkProgress load = running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        load.begin(WorkPhase.LOADING, 0, 10_000_000);
        for (int page = 1; page <= pages; page++) {
            after(millis);
            load.done(page * 1_000L);
        }
        after(silence);
        assertThat(only().rowsPerSecond()).as(what).isCloseTo(perSecond, within(perSecond / 100));
    }

    @Test
    void whatWasSlowAnHourAgoDoesNotLowerTheSpeed() {
        WorkProgress load = running.begin("patient", WorkKind.LOAD, WorkPhase.WAITING);
        load.begin(WorkPhase.LOADING, 0, 10_000_000);
        after(3_600_000);
        load.done(10);
        for (int second = 1; second <= 20; second++) {
            after(1_000);
            load.done(10 + second * 5_000L);
        }
        assertThat(only().rowsPerSecond()).isCloseTo(5_000, within(1.0));
    }

    @Test
    void theWorkOfAnAdoptionIsShownAsTheAdoption() {
        WorkProgress adoption = running.begin("patient", WorkKind.ADOPTION, WorkPhase.PLANNING);
        running.begin("claim", WorkKind.LOAD, WorkPhase.LOADING);
        after(1_000);
        WorkProgress comparison = running.begin("patient", WorkKind.COMPARISON, WorkPhase.PLANNING);
        comparison.begin(WorkPhase.COMPARING, 0, 500);
        comparison.done(100);
        RunningTable shown = running.now().get(0);
        assertThat(running.now()).extracting(RunningTable::table).containsExactly("patient", "claim");
        assertThat(shown.kind()).isEqualTo(WorkKind.ADOPTION);
        assertThat(shown.phase()).isEqualTo(WorkPhase.COMPARING);
        assertThat(shown.started()).isEqualTo(START);
        assertThat(shown.rowsDone()).isEqualTo(100);

        comparison.close();
        assertThat(running.now().get(0).phase()).isEqualTo(WorkPhase.PLANNING);
        adoption.close();
        assertThat(running.now()).extracting(RunningTable::table).containsExactly("claim");
    }

    @Test
    void workThatNobodyWatchesIsNotListed() {
        try (WorkProgress unlisted = WorkProgress.unlisted()) {
            unlisted.begin(WorkPhase.LOADING, 0, 10);
            unlisted.done(5);
        }
        assertThat(running.now()).isEmpty();
    }

    @Test
    void manyThreadsLeaveNothingBehind() throws Exception {
        RunningWork shared = new RunningWork();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> workers = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(worker -> pool.submit(() -> {
                        for (int load = 0; load < 200; load++) {
                            try (WorkProgress work = shared.begin("t" + worker, WorkKind.LOAD, WorkPhase.WAITING)) {
                                work.begin(WorkPhase.LOADING, 0, 1_000);
                                work.done(load);
                                assertThat(shared.now())
                                        .filteredOn(table -> table.table().equals("t" + worker))
                                        .singleElement()
                                        .extracting(RunningTable::rowsDone)
                                        .isEqualTo((long) load);
                            }
                        }
                    }))
                    .toList();
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(shared.now()).isEmpty();
    }
}
