package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private final LoadGate gate = new LoadGate();
    private final Set<String> wanted = new HashSet<>(Set.of("fee"));
    private final List<LoadRequest> again = new ArrayList<>();
    private final LoadQueue queue = new LoadQueue(gate, wanted::contains, again::add);

    @Test
    void aTableIsQueuedOnceUntilItsLoadEnds() {
        assertThat(queue.enter("fee")).isTrue();
        assertThat(queue.enter("fee")).isFalse();
        assertThat(queue.begin("fee", DUE)).isTrue();
        assertThat(queue.enter("fee")).isFalse();
        queue.leave("fee");
        assertThat(queue.enter("fee")).isTrue();
    }

    @Test
    void aTableThatLeftTheListWhileItWaitedIsForgotten() {
        queue.enter("fee");
        wanted.clear();

        assertThat(queue.begin("fee", DUE)).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatWouldBeginWhileRoutesAreReplacedBeginsAfterwards() throws InterruptedException {
        queue.enter("fee");

        gate.whenIdle(() -> {
            assertThat(queue.begin("fee", DUE)).isFalse();
            assertThat(queue.enter("fee")).isFalse();
        });

        assertThat(again).containsExactly(DUE);
        assertThat(queue.enter("fee")).isTrue();
    }

    static Stream<Arguments> aLoadThatWasBrokenOffGoesOnAfterwards() {
        return Stream.of(
                Arguments.of(DUE, DUE),
                Arguments.of(LoadRequest.replayAll("fee"), LoadRequest.replayAll("fee")),
                // It goes on behind its last chunk.
                Arguments.of(LoadRequest.full("fee"), DUE));
    }

    @ParameterizedTest
    @MethodSource
    void aLoadThatWasBrokenOffGoesOnAfterwards(LoadRequest request, LoadRequest goesOn) {
        queue.enter("fee");
        queue.begin("fee", request);
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(this::replaceNothing);
        await().until(gate::breaksOff);

        queue.leave("fee");
        replacing.join();

        assertThat(again).containsExactly(goesOn);
    }

    private void replaceNothing() {
        try {
            gate.whenIdle(() -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
