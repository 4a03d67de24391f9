package io.postgresloader.monitor.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.monitor.change.SourceChanges.Look;
import io.postgresloader.tracking.TableSights.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at the source, 30 seconds apart: at how many in a row it has not answered, and to which loader. */
class SourceChangesTest {
    private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");
    private static final Duration QUIET = Duration.ofSeconds(90);

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
        assertThat(told(looks)).isEqualTo(expected == null ? "" : expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // It does not answer to the loader b, which does not end.
                "a0 b1 a0 b2 a0 b3 a0 a0 b4 a0 b5 a0 | 3:source-away",
                // b gets an answer at last.
                "a0 b1 a0 b2 a0 b3 a0 b0 a0          | 3:source-away 7:source-back",
                // b ends; a waits for it for three looks.
                "a0 b1 b2 a0 a0 a0 a0 a0             | 2:source-away 6:source-back",
                // b ends, and another begins that gets an answer.
                "b1 b2 c0 c0 c0 c0                   | 1:source-away 5:source-back",
                // It does not answer to both: the last to see it is the one that says it is back.
                "a1 b1 a2 b2 a3 b3 a0 b0 a0          | 2:source-away 7:source-back",
                // One look without an answer may be chance, also while another loader has no way.
                "b1 b2 a1 b3 a0 b4 a0                | 1:source-away"
            })
    void loadersOfWhichOneHasNoWayToTheSourceDoNotTellItInTurn(String looks, String expected) {
        assertThat(told(looks)).isEqualTo(expected);
    }

    /** A look: the loader, and at how many of its looks in a row the source has not answered. */
    private static String told(String looks) {
        List<String> told = new ArrayList<>();
        Memory memory = Memory.NONE;
        String[] each = looks.strip().split(" ");
        for (int i = 0; i < each.length; i++) {
            int look = i;
            String loader = each[i].replaceAll("\\d", "");
            int silent = Integer.parseInt(each[i].replaceAll("\\D", ""));
            SourceChanges changes =
                    SourceChanges.of(memory, new Look(loader, silent, "no answer", START.plusSeconds(30L * i), QUIET));
            changes.changes()
                    .forEach(change -> told.add(look + ":" + change.kind().word()));
            memory = changes.memory();
        }
        return told.stream().collect(Collectors.joining(" "));
    }
}
