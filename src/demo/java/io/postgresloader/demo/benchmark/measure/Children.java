package io.postgresloader.demo.benchmark.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that are started for the work and have ended with it. Their CPU is exact: it is what the system added to the
 * children of this process. Their memory and calls are looked at while they run, so the last moments are missed.
 */
public final class Children implements Client {
    private static final long LOOK_NANOS = 20_000_000;

    /** This process; only children that have ended count, so the servers, which go on, do not. */
    private static final String SELF = String.valueOf(ProcessHandle.current().pid());

    private final Map<Long, Seen> seen = new ConcurrentHashMap<>();
    private double before;

    private record Seen(long peakKib, OptionalLong calls) {}

    /**
     * Runs programs at the same time, each with its output as the next one's input, and waits for their end.
     *
     * @return the exit code of the last one that failed; 0: none failed
     */
    public int run(List<ProcessBuilder> programs) throws IOException, InterruptedException {
        List<Process> started =
                programs.size() == 1 ? List.of(programs.get(0).start()) : ProcessBuilder.startPipeline(programs);
        Thread watch = new Thread(() -> watch(started), "memory");
        watch.setDaemon(true);
        watch.start();
        int failed = 0;
        for (Process process : started) {
            int exit = process.waitFor();
            failed = exit == 0 ? failed : exit;
        }
        watch.join();
        return failed;
    }

    private void watch(List<Process> processes) {
        while (processes.stream().anyMatch(Process::isAlive)) {
            for (Process process : processes) {
                look(process);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void look(Process process) {
        ProcessTree tree = new ProcessTree(process.pid());
        long peak = tree.peakKib();
        // Once it has ended nothing is there to see.
        if (peak > 0) {
            seen.put(process.pid(), new Seen(peak, tree.used().calls()));
        }
    }

    @Override
    public void begin() {
        seen.clear();
        before = ended();
    }

    @Override
    public double cpuSeconds() {
        return ended() - before;
    }

    @Override
    public OptionalLong calls() {
        return seen.values().stream()
                .map(Seen::calls)
                .reduce((a, b) -> a.isPresent() && b.isPresent()
                        ? OptionalLong.of(a.getAsLong() + b.getAsLong())
                        : OptionalLong.empty())
                .orElse(OptionalLong.empty());
    }

    @Override
    public long peakKib() {
        return seen.values().stream().mapToLong(Seen::peakKib).sum();
    }

    private static double ended() {
        return ProcessTree.FILES.cpu(SELF).ended();
    }
}
