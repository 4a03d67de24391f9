package io.postgresloader.demo.benchmark.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A process and those that it started, and they in turn: for example PostgreSQL with its backends. */
final class ProcessTree {
    static final ProcFiles FILES = new ProcFiles(Path.of("/proc"));

    private final long pid;

    ProcessTree(long pid) {
        this.pid = pid;
    }

    /** What the tree has used, those processes included that have ended. */
    Usage used() {
        List<String> processes = processes();
        while (true) {
            Usage used = used(processes);
            List<String> after = processes();
            // One that ends in between is counted by nobody, or twice.
            if (after.equals(processes)) {
                return used;
            }
            processes = after;
        }
    }

    private static Usage used(List<String> processes) {
        return processes.stream()
                .map(process -> {
                    ProcFiles.Cpu cpu = FILES.cpu(process);
                    return new Usage(cpu.own() + cpu.ended(), FILES.calls(process));
                })
                .reduce(Usage.NONE, Usage::plus);
    }

    /** The CPU seconds of those processes that run now and have such a command line. */
    double cpuOfRunning(Predicate<String> command) {
        return processes().stream()
                .filter(process -> command.test(FILES.command(process)))
                .mapToDouble(process -> FILES.cpu(process).own())
                .sum();
    }

    /** The peaks of all its running processes together, in KiB. */
    long peakKib() {
        return processes().stream().mapToLong(FILES::peakKib).sum();
    }

    void forgetPeak() {
        processes().forEach(FILES::forgetPeak);
    }

    private List<String> processes() {
        return ProcessHandle.of(pid).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .map(process -> String.valueOf(process.pid()))
                .sorted()
                .toList();
    }
}
