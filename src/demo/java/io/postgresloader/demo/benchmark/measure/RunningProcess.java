package io.postgresloader.demo.benchmark.measure;

import java.util.OptionalLong;

/** A process that ran before the work and goes on afterwards, such as a loader that waits for requests. */
final class RunningProcess implements Client {
    private final ProcessTree process;
    private Usage before = Usage.NONE;

    RunningProcess(long pid) {
        process = new ProcessTree(pid);
    }

    @Override
    public void begin() {
        process.forgetPeak();
        before = process.used();
    }

    @Override
    public double cpuSeconds() {
        return process.used().minus(before).cpuSeconds();
    }

    @Override
    public OptionalLong calls() {
        return process.used().minus(before).calls();
    }

    @Override
    public long peakKib() {
        return process.peakKib();
    }
}
