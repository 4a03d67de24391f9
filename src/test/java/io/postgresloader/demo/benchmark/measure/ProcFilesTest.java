package io.postgresloader.demo.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {
    @TempDir
    private Path proc;

    private ProcFiles files;

    @BeforeEach
    void aProcess() throws IOException {
        files = new ProcFiles(proc);
        Path process = Files.createDirectory(proc.resolve("7"));
        // Fields 14 to 17: 150 and 25 ticks of its own, 300 and 40 of ended children.
        Files.writeString(
                process.resolve("stat"),
                "7 (my (odd) name) S 1 7 7 0 -1 4194560 10 20 30 40 150 25 300 40 20 0 1 0 99 1 1\n");
        Files.writeString(process.resolve("io"), "rchar: 1\nwchar: 2\nsyscr: 30\nsyscw: 4\nread_bytes: 5\n");
        Files.writeString(process.resolve("status"), "Name:\todd\nVmHWM:\t    2148 kB\nVmRSS:\t 1 kB\n");
        Files.writeString(process.resolve("cmdline"), "postgres:\0checkpointer \0");
    }

    @Test
    void cpuOfAProcessIsKeptApartFromThatOfItsEndedChildren() {
        assertThat(files.cpu("7")).isEqualTo(new ProcFiles.Cpu(1.75, 3.4));
    }

    @Test
    void callsOfReadAndWriteAreAddedUp() {
        assertThat(files.calls("7")).hasValue(34);
    }

    @Test
    void thePeakIsTheGreatestResidentMemory() {
        assertThat(files.peakKib("7")).isEqualTo(2148);
    }

    @Test
    void argumentsAreSeparatedByBlanks() {
        assertThat(files.command("7")).startsWith("postgres: checkpointer");
    }

    @Test
    void aProcessThatHasEndedUsesNothingMore() {
        assertThat(files.cpu("8")).isEqualTo(ProcFiles.Cpu.NONE);
        assertThat(files.peakKib("8")).isZero();
        assertThat(files.calls("8")).isEmpty();
        assertThat(files.command("8")).isEmpty();
    }
}
