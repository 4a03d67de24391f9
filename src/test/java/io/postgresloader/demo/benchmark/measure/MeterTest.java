package io.postgresloader.demo.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real processes: some that wait take the place of the servers. */
@Timeout(60)
class MeterTest {
    private static final String WORK = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

    private Process source;
    private Process target;
    private Meter meter;

    @BeforeEach
    void start() throws Exception {
        Iterator<Map<Quantity, Double>> counts = List.of(
                        Map.of(Quantity.SOURCE_STATEMENTS, 40.0), Map.of(Quantity.SOURCE_STATEMENTS, 42.0))
                .iterator();
        source = new ProcessBuilder("sleep", "1000").start();
        // It works when it gets a line, in a process of its own that has ended when the answer comes.
        target = new ProcessBuilder("sh", "-c", "while read line; do sh -c '" + WORK + "'; echo done; done").start();
        meter = new Meter(source.pid(), target.pid(), counts::next);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : List.of(source, target)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theCpuOfAnEndedChildBelongsToTheOneThatStartedIt() throws Exception {
        Cost cost = meter.ofChildren(children -> work());

        assertThat(cost.value(Quantity.TARGET_CPU).getAsDouble()).isPositive();
        assertThat(cost.value(Quantity.SOURCE_CPU)).hasValue(0);
        assertThat(cost.value(Quantity.LOADER_CPU)).hasValue(0);
    }

    @Test
    void programsThatHaveEndedAreTheLoaderInAllTheirParts() throws Exception {
        Cost cost = meter.ofChildren(children -> assertThat(children.run(List.of(shell(WORK), shell("cat; " + WORK))))
                .isZero());

        assertThat(cost.value(Quantity.LOADER_CPU).getAsDouble()).isPositive();
        assertThat(cost.value(Quantity.LOADER_MEMORY).getAsDouble()).isPositive();
        assertThat(cost.value(Quantity.TARGET_CPU)).hasValue(0);
    }

    @Test
    void ofARunningProcessOnlyWhatItDoesMeanwhileCounts() throws Exception {
        work();

        Cost idle = meter.ofRunning(target.pid(), () -> {});

        assertThat(idle.value(Quantity.LOADER_CPU)).hasValue(0);
    }

    @Test
    void aFailureAnywhereInAPipeIsAFailure() throws Exception {
        assertThat(new Children().run(List.of(shell("exit 3"), shell("cat")))).isEqualTo(3);
    }

    @Test
    void countersOfTheServersAreDifferences() throws Exception {
        assertThat(meter.ofChildren(children -> {}).value(Quantity.SOURCE_STATEMENTS))
                .hasValue(2);
    }

    private void work() throws Exception {
        target.getOutputStream().write('\n');
        target.getOutputStream().flush();
        assertThat(target.inputReader().readLine()).isEqualTo("done");
    }

    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script);
    }
}
