package io.postgresloader.monitor.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.ChangeKind;
import io.postgresloader.monitor.change.LookMessages.Seen;
import io.postgresloader.tracking.Outbox.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookMessagesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T06:00:00Z");

    @Test
    void fiveTablesThatFailForOneReasonAreToldOneByOne() {
        assertThat(texts(failed(1, 5, "no answer"), Map.of()))
                .containsExactly(
                        "t1: a load failed: no answer",
                        "t2: a load failed: no answer",
                        "t3: a load failed: no answer",
                        "t4: a load failed: no answer",
                        "t5: a load failed: no answer");
    }

    @Test
    void moreTablesThatFailForOneReasonAreOneMessage() {
        List<Message> messages = messages(failed(1, 400, "no answer"), Map.of());

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.title()).isEqualTo("400 tables: failed");
            assertThat(message.text())
                    .isEqualTo("400 tables (t1, t2, t3, t4, t5, t6, t7, t8, t9, t10 and 390 more): a load failed:"
                            + " no answer");
            assertThat(message.tables()).hasSize(400);
            assertThat(message.counts()).isEqualTo(Map.of("failedLoads", 400L, "tables", 400L));
        });
    }

    @Test
    void tablesThatFailForOtherReasonsOrChangeOtherwiseAreToldApart() {
        List<Seen> seen = new ArrayList<>(failed(1, 6, "no answer"));
        seen.add(new Seen("a", Change.of(ChangeKind.FAILED, "a load failed: no such column")));
        seen.add(new Seen("b", Change.of(ChangeKind.COMPARISON_FAILED, "a load failed: no answer")));
        seen.add(new Seen("", Change.of(ChangeKind.SOURCE_AWAY, "it does not answer")));

        assertThat(texts(seen, Map.of()))
                .containsExactly(
                        "6 tables (t1, t2, t3, t4, t5, t6): a load failed: no answer",
                        "a: a load failed: no such column",
                        "b: a load failed: no answer",
                        "source: it does not answer");
    }

    @Test
    void tablesThatRecoverTogetherAreOneMessageAfterWhatBegan() {
        List<Seen> seen = new ArrayList<>(IntStream.rangeClosed(1, 6)
                .mapToObj(number -> new Seen(
                        "t" + number,
                        Change.of(ChangeKind.RECOVERED, "over: failed since " + number)
                                .sharing("over: failed")))
                .toList());
        seen.addAll(failed(6, 6, "no answer"));

        assertThat(texts(seen, Map.of()))
                .containsExactly("t6: a load failed: no answer", "6 tables (t1, t2, t3, t4, t5, t6): over: failed");
    }

    /** Those that were told within the hour have to wait for its end. */
    @Test
    void tablesThatWaitForDifferentTimesAreToldApart() {
        Map<String, String> recent = Map.of("t2", "m-1", "t4", "m-2", "t5", "m-2");

        assertThat(texts(failed(1, 10, "no answer"), recent))
                .containsExactly(
                        "7 tables (t1, t3, t6, t7, t8, t9, t10): a load failed: no answer",
                        "t2: a load failed: no answer",
                        "t4: a load failed: no answer",
                        "t5: a load failed: no answer");
    }

    private static List<Seen> failed(int from, int to, String reason) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> new Seen(
                        "t" + number,
                        Change.of(ChangeKind.FAILED, "a load failed: " + reason).counting("failedLoads", 1)))
                .toList();
    }

    private static List<String> texts(List<Seen> seen, Map<String, String> recent) {
        return messages(seen, recent).stream().map(Message::text).toList();
    }

    private static List<Message> messages(List<Seen> seen, Map<String, String> recent) {
        return LookMessages.of(seen, (kind, tables) -> recent, NOW);
    }
}
