package io.postgresloader.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.benchmark.Contenders;
import io.postgresloader.demo.benchmark.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
    private final List<String> lines;

    PerformancePageTest() throws IOException {
        lines = Files.readAllLines(Path.of("src", "site", "markdown", "performance.md"));
    }

    @Test
    void everyWorkloadIsExplainedAsInTheCode() {
        assertThat(lines)
                .containsSubsequence(Stream.of(Workload.values())
                        .map(workload -> "| `" + workload.word() + "` | " + workload.description() + " |")
                        .toList());
    }

    @Test
    void everyOtherProgramIsExplained() {
        assertThat(Contenders.names())
                .allSatisfy(name -> assertThat(lines).anyMatch(line -> line.startsWith("| `" + name + "` | ")));
    }
}
