package io.postgresloader.monitor.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.tracking.TableSights.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at the source, 30 seconds apart: at how many in a row it has not answered. */
class SourceChangesTest {
    private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0       | ",
                "0 1 0       | ",
                "0 1 2 3 4 0 | 2:source-away 5:source-back",
                "1 2 0 1 2 0 | 1:source-away 2:source-back 4:source-away 5:source-back"
            })
    void aSourceIsAwayAtTheSecondLookThatItDoesNotAnswer(String looks, String expected) {
        List<String> told = new ArrayList<>();
        Memory memory = Memory.NONE;
        String[] silent = looks.strip().split(" ");
        for (int i = 0; i < silent.length; i++) {
            SourceChanges changes =
                    SourceChanges.of(memory, Integer.parseInt(silent[i]), "no answer", START.plusSeconds(30L * i));
            int look = i;
            told.addAll(changes.changes().stream()
                    .map(change -> look + ":" + change.kind().word())
                    .toList());
            memory = changes.memory();
        }
        assertThat(told.stream().collect(Collectors.joining(" "))).isEqualTo(expected == null ? "" : expected.strip());
    }
}
