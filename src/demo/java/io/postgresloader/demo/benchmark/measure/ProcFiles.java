package io.postgresloader.demo.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the files of Linux about processes, see {@code man 5 proc}. */
final class ProcFiles {
    /** Ticks of these files in a second: 100 on all platforms of Linux that Java runs on. */
    private static final double TICKS = 100;

    private final Path proc;

    /** @param proc {@code /proc} */
    ProcFiles(Path proc) {
        this.proc = proc;
    }

    /**
     * The CPU seconds of a process.
     *
     * @param own of the process itself
     * @param ended of those of its children, and of theirs, that have ended and that it has waited for
     */
    record Cpu(double own, double ended) {
        static final Cpu NONE = new Cpu(0, 0);
    }

    /** Nothing for a process that has ended. */
    Cpu cpu(String pid) {
        return read(pid, "stat").map(ProcFiles::cpuOf).orElse(Cpu.NONE);
    }

    private static Cpu cpuOf(String stat) {
        // The program's name is in parentheses, and may contain blanks and parentheses. The next field is the third.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Cpu(seconds(fields, 14) + seconds(fields, 15), seconds(fields, 16) + seconds(fields, 17));
    }

    private static double seconds(String[] fields, int number) {
        return Long.parseLong(fields[number - 3]) / TICKS;
    }

    /** Calls of read and write, those of ended children included; empty where the file must not be read. */
    OptionalLong calls(String pid) {
        Optional<String> io = read(pid, "io");
        if (io.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number(io.get(), "syscr") + number(io.get(), "syscw"));
    }

    /** The greatest resident memory since the start, or since {@link #forgetPeak}, in KiB; 0 for an ended process. */
    long peakKib(String pid) {
        return read(pid, "status").map(status -> number(status, "VmHWM")).orElse(0L);
    }

    /** The greatest resident memory counts from now on. */
    void forgetPeak(String pid) {
        try {
            Files.writeString(proc.resolve(pid).resolve("clear_refs"), "5");
        } catch (IOException e) {
            // The peak then is that of the process's whole life.
            return;
        }
    }

    /** The arguments, separated by blanks; empty for a process that has ended. */
    String command(String pid) {
        return read(pid, "cmdline").orElse("").replace('\0', ' ');
    }

    /** The number after the name and a colon; 0 where the name is missing, as in the status of a zombie. */
    private static long number(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0L);
    }

    private Optional<String> read(String pid, String file) {
        try {
            return Optional.of(Files.readString(proc.resolve(pid).resolve(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
