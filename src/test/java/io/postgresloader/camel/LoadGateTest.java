package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGateTest {
    private final LoadGate gate = new LoadGate();
    private final List<String> events = new ArrayList<>();

    @Test
    void anActionRunsAloneInTheGate() throws Exception {
        gate.onOpen(() -> events.add("opened"));

        gate.whenIdle(() -> {
            assertThat(gate.enter()).isFalse();
            events.add("acted");
        });

        assertThat(events).containsExactly("acted", "opened");
        assertThat(gate.enter()).isTrue();
    }

    @Test
    void loadsInsideAreAwaitedAndThenStopped() throws Exception {
        gate.enter();
        assertThat(gate.breaksOff()).isFalse();
        CountDownLatch acted = new CountDownLatch(1);
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> whenIdle(acted::countDown));

        await().until(gate::breaksOff);
        assertThat(acted.getCount()).isEqualTo(1);

        gate.leave();
        replacing.join();
        assertThat(acted.getCount()).isZero();
        assertThat(gate.breaksOff()).isFalse();
    }

    @Test
    void aLoadThatDoesNotStopDelaysOthersForALimitedTime() throws Exception {
        LoadGate impatient = new LoadGate(Duration.ofMillis(10));
        impatient.enter();

        assertThat(impatient.whenIdle(() -> events.add("acted"))).isFalse();
        assertThat(events).isEmpty();
        assertThat(impatient.breaksOff()).isFalse();
        assertThat(impatient.enter()).isTrue();
    }

    @Test
    void anActionThatFailsLeavesTheGateOpen() {
        assertThatThrownBy(() -> gate.whenIdle(() -> {
                    throw new IllegalStateException("no such route");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(gate.enter()).isTrue();
    }

    private void whenIdle(Runnable action) {
        try {
            gate.whenIdle(action);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
