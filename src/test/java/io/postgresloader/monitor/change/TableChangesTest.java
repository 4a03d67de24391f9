package io.postgresloader.monitor.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.monitor.change.TableChanges.Lateness;
import io.postgresloader.tracking.TableSights.Compared;
import io.postgresloader.tracking.TableSights.LoadFailure;
import io.postgresloader.tracking.TableSights.Memory;
import io.postgresloader.tracking.TableSights.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told when a table is seen in these states, one look after the other. */
class TableChangesTest {
    private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");
    private static final Instant NEW_SINCE = START.minusSeconds(3600);

    /**
     * A look is written as words: the status of the last load, and what differs from a table that is well: {@code
     * failures=2} loads failed since the last look, {@code passing} and they may pass, {@code dead=3} dead letters, {@code
     * compared=braked}, {@code missed=5} rows in all, {@code version=2} of the schema, {@code late}, {@code excused}, {@code
     * paused}, {@code away}: the source does not answer, {@code back}: it answers since this look. {@code old}: what is to be seen
     * is from the day before.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "pending; running; success                                      | -;-;-",
                "failed                                                         | failed",
                "success; failed; failed; running; failed; success; success     | -;failed;-;-;-;recovered;-",
                "success; failed; interrupted; success                          | -;failed;-;recovered",
                "success; success failures=2; success                           | -;failed,recovered;-",
                "success; running failures=1; success                           | -;failed;recovered",
                "success; failed passing away; success back                     | -;-;-",
                "success; failed passing away; failed passing back; failed      | -;-;-;failed",
                "success; failed away; success                                  | -;failed;recovered",
                "success; failed passing; success                               | -;failed;recovered",
                "success dead=3; success dead=9; success; success dead=1        | dead-letters;-;recovered;dead-letters",
                "success; failed dead=1; success dead=1; success                | -;failed,dead-letters;recovered;recovered",
                "success; success late; success late; success                   | -;stale;-;recovered",
                "success; success excused; success late; success excused; success | -;-;stale;-;recovered",
                "success; success compared=braked; success compared=braked; success compared=equal | -;delete-limit;-;recovered",
                "success; success compared=braked; success compared=different   | -;delete-limit;different,recovered",
                "success compared=equal; success compared=failed; success compared=repaired | -;comparison-failed;recovered",
                "success; success compared=repaired missed=5; success compared=equal missed=5 | -;different;-",
                "success; success compared=different missed=5; success compared=different missed=9; success compared=equal missed=9 | -;different;-;recovered",
                "success missed=5; success missed=5                             | -;-",
                "success; success version=1; success version=2; success version=2; success version=4 | -;-;schema-changed;-;schema-changed",
                "success; failed paused; failed paused late; failed; success    | -;-;-;failed;recovered",
                "success; failed; success paused; success                       | -;failed;-;recovered",
                "failed old; failed; success                                    | -;-;recovered",
                "success dead=3 old; success dead=4; success                    | -;-;recovered",
                "success compared=different old; success compared=equal         | -;recovered",
                "success; success failures=2 old; success failures=1            | -;-;failed,recovered",
                "success; failed old; success                                   | -;failed;recovered",
                "success; success missed=5 compared=repaired old; success       | -;-;-",
                "success version=1; success version=3 old; success version=4    | -;-;schema-changed",
            })
    void eachChangeIsToldOnce(String looks, String expected) {
        assertThat(told(looks.split(";")))
                .containsExactlyElementsOf(Arrays.stream(expected.strip().split(";"))
                        .map(kinds -> kinds.equals("-") ? "" : kinds)
                        .toList());
    }

    @Test
    void aMessageSaysWhyAndSinceWhen() {
        Sight failed = sight(0, "failed dead=2");
        TableChanges first = new TableChanges(Optional.empty(), failed, Lateness.IN_TIME, Optional.empty(), NEW_SINCE);
        TableChanges then = new TableChanges(
                Optional.of(first.memory()), sight(1, "success dead=2"), Lateness.IN_TIME, Optional.empty(), NEW_SINCE);

        assertThat(first.changes())
                .extracting(Change::reason)
                .containsExactly("a load failed: schema: no such column", "2 rows are dead letters");
        assertThat(first.changes().get(0).counts()).containsExactly(Map.entry("failedLoads", 1L));
        assertThat(then.changes())
                .singleElement()
                .extracting(Change::reason)
                .isEqualTo("over: failed since 2026-03-01T06:00:00Z; it is loaded up to 2026-03-01T05:00:00Z;"
                        + " still: dead-letters");
        assertThat(then.over()).containsExactly("failed");
    }

    /** For each look the kinds that are told, joined by commas. */
    private static List<String> told(String[] looks) {
        List<String> told = new ArrayList<>();
        Optional<Memory> memory = Optional.empty();
        Optional<Instant> back = Optional.empty();
        for (int i = 0; i < looks.length; i++) {
            List<String> words = List.of(looks[i].strip().split(" "));
            Sight sight = sight(i, looks[i].strip());
            back = words.contains("away")
                    ? Optional.of(Instant.MAX)
                    : back.map(away -> away.equals(Instant.MAX) ? sight.now().minusSeconds(1) : away);
            TableChanges changes = new TableChanges(memory, sight, lateness(words), back, NEW_SINCE);
            told.add(changes.changes().stream()
                    .map(change -> change.kind().word())
                    .collect(Collectors.joining(",")));
            memory = Optional.of(changes.memory());
        }
        return told;
    }

    private static Lateness lateness(List<String> words) {
        return Arrays.stream(Lateness.values())
                .filter(late -> words.contains(late.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Lateness.IN_TIME);
    }

    /** A load that may pass failed ten seconds before the look, while the source was away. */
    private static Sight sight(int number, String look) {
        List<String> words = List.of(look.split(" "));
        Instant now = START.plusSeconds(30L * number);
        Instant at = now.minusSeconds(words.contains("old") ? 86_400 : 10);
        LoadFailure failure = new LoadFailure("schema: no such column", words.contains("passing"), at);
        return new Sight(
                "visit",
                words.get(0),
                words.contains("paused"),
                Optional.of(START.minusSeconds(3600)),
                words.get(0).equals("failed") ? Optional.of(failure) : Optional.empty(),
                words.get(0).equals("failed") && number == 0 ? Optional.of(at) : Optional.empty(),
                number(words, "failures"),
                number(words, "failures") > 0 ? Optional.of(failure) : Optional.empty(),
                7,
                number(words, "dead"),
                Optional.of(at),
                text(words, "compared").map(result -> new Compared(result, Optional.empty(), at)),
                number(words, "missed"),
                (int) number(words, "version"),
                Optional.of(at),
                number,
                now);
    }

    private static long number(List<String> words, String name) {
        return text(words, name).map(Long::parseLong).orElse(0L);
    }

    private static Optional<String> text(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }
}
