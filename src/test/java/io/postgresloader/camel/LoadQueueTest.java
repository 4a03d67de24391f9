package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LoadQueueTest {
    private static final LoadRequest DUE = LoadRequest.due("fee");
    private static final LoadResult NOT_BEGUN = result(Optional.empty());
    private static final LoadResult BEGUN = result(Optional.of(LoadType.FULL));

    private final LoadGate gate = new LoadGate();
    private final Set<String> wanted = new HashSet<>(Set.of("fee"));
    private final List<LoadRequest> again = new ArrayList<>();
    private final LoadQueue queue = new LoadQueue(gate, wanted::contains, again::add);

    @Test
    void aTableIsQueuedOnceUntilItsLoadEnds() {
        assertThat(queue.enter("fee", DUE)).isTrue();
        assertThat(queue.enter("fee", DUE)).isFalse();
        assertThat(queue.begin("fee", DUE)).isTrue();
        assertThat(queue.enter("fee", DUE)).isFalse();
        queue.leave("fee", BEGUN);
        assertThat(queue.enter("fee", DUE)).isTrue();
    }

    @Test
    void aWaitingTableThatLeavesTheListIsDropped() {
        queue.enter("fee", DUE);
        wanted.clear();

        assertThat(queue.begin("fee", DUE)).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aLoadThatIsDueDuringAReloadBeginsAfterwards() throws InterruptedException {
        queue.enter("fee", DUE);

        gate.whenIdle(() -> {
            assertThat(queue.begin("fee", DUE)).isFalse();
            assertThat(queue.enter("fee", DUE)).isFalse();
        });

        assertThat(again).containsExactly(DUE);
        assertThat(queue.enter("fee", DUE)).isTrue();
    }

    @Test
    void aWaitingLoadIsRequestedAgainAndBeginsOnce() throws InterruptedException {
        queue.enter("fee", DUE);

        gate.whenIdle(() -> {});

        assertThat(again).containsExactly(DUE);
        queue.enter("fee", DUE);
        assertThat(queue.begin("fee", DUE)).isTrue();
        assertThat(queue.begin("fee", DUE)).isFalse();
        queue.leave("fee", NOT_BEGUN);
        assertThat(queue.begin("fee", DUE)).isFalse();
        assertThat(queue.size()).isZero();
    }

    static Stream<Arguments> aStoppedLoadIsResumedAfterTheReload() {
        return Stream.of(
                Arguments.of(DUE, BEGUN, DUE),
                Arguments.of(LoadRequest.replayAll("fee"), BEGUN, LoadRequest.replayAll("fee")),
                // It goes on behind its last chunk.
                Arguments.of(LoadRequest.full("fee"), BEGUN, DUE),
                Arguments.of(LoadRequest.full("fee"), NOT_BEGUN, LoadRequest.full("fee")));
    }

    @ParameterizedTest
    @MethodSource
    void aStoppedLoadIsResumedAfterTheReload(LoadRequest request, LoadResult result, LoadRequest goesOn) {
        queue.enter("fee", request);
        queue.begin("fee", request);
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(this::replaceNothing);
        await().until(gate::breaksOff);

        queue.leave("fee", result);
        replacing.join();

        assertThat(again).containsExactly(goesOn);
    }

    @Test
    void aTableThatWasRecordedWithOthersLeavesTheQueue() {
        queue.enter("fee", DUE);

        assertThat(queue.wanted(List.of(DUE))).containsExactly(DUE);
        assertThat(queue.left(List.of(DUE), List.of(BEGUN))).isEmpty();

        assertThat(queue.begin("fee", DUE)).isFalse();
        assertThat(queue.enter("fee", DUE)).isTrue();
    }

    @Test
    void aTableThatWasNotRecordedIsLeftAndBegins() {
        queue.enter("fee", DUE);

        assertThat(queue.left(List.of(DUE), List.of())).containsExactly(DUE);

        assertThat(queue.begin("fee", DUE)).isTrue();
    }

    @Test
    void aGatheredTableThatLeavesTheListIsDropped() {
        queue.enter("fee", DUE);
        wanted.clear();

        assertThat(queue.wanted(List.of(DUE))).isEmpty();
        assertThat(queue.size()).isZero();
    }

    private static LoadResult result(Optional<LoadType> type) {
        return new LoadResult(
                "fee", LoadResult.Outcome.SKIPPED, type, "broken off", Counts.NONE, 0, 0, Optional.empty());
    }

    private void replaceNothing() {
        try {
            gate.whenIdle(() -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
