package io.postgresloader.load.plan;

import static io.postgresloader.load.LoadFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceTable;
import io.postgresloader.type.KeyFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenDeadLettersTest {
    private static final SourceTable TABLE =
            LoadFixtures.source(List.of(key("code", "id")), "id int(11)", "note text", "code varchar(9)");
    private static final RowBatch ROWS = batch("1\tx\ta\n", "2\tx\\ty\ta\\tb\n", "3\t\\N\ta\n");

    private static final KeyFormat KEYS = new KeyFormat(TABLE, TABLE.keys().get(0));

    private final OpenDeadLetters entries =
            new OpenDeadLetters(Map.of(71L, rowKey("1", "a"), 72L, rowKey("2", "a\tb"), 79L, rowKey("9", "a")));

    @Test
    void aRowIsFoundByItsKeyWhenItIsWritten() {
        assertThat(written(entries, ROWS)).containsExactlyInAnyOrder(71L, 72L);
    }

    @Test
    void onlyRowsOfTheBatchAreWritten() {
        assertThat(written(entries, ROWS.slice(1, 3))).containsExactly(72L);
    }

    @Test
    void aRowThatIsADeadLetterAgainIsNotWritten() {
        assertThat(written(entries, ROWS, deadLetter("1", "a"))).containsExactly(72L);
    }

    @Test
    void withoutEntriesNoKeyIsRead() {
        assertThat(written(OpenDeadLetters.NONE, ROWS)).isEmpty();
    }

    @Test
    void manyEntriesAreNotHeldButLookedUp() {
        Map<Long, RowKey> first = LongStream.rangeClosed(1, OpenDeadLetters.HELD)
                .boxed()
                .collect(Collectors.toMap(id -> id, id -> rowKey(id.toString(), "a")));
        assertThat(OpenDeadLetters.ofFirst(first).keys()).hasSize(OpenDeadLetters.HELD);
        first.put(0L, rowKey("0", "a"));
        OpenDeadLetters many = OpenDeadLetters.ofFirst(first);

        assertThat(many.keys()).isEmpty();
        List<RowKey> asked = new ArrayList<>();
        assertThat(many.written(KEYS, ROWS, List.of(deadLetter("2", "a\tb")), keys -> {
                    asked.addAll(keys);
                    return List.of(5L);
                }))
                .containsExactly(5L);
        assertThat(asked).containsExactly(rowKey("1", "a"), rowKey("3", "a"));
    }

    private static Collection<Long> written(OpenDeadLetters entries, RowBatch batch, DeadLetter... again) {
        return entries.written(KEYS, batch, List.of(again), keys -> {
            throw new AssertionError("entries that are held are not looked up");
        });
    }

    /** A key as jsonb returns it, which does not keep the order of the key's columns. */
    private static RowKey rowKey(String id, String code) {
        return RowKey.of(List.of("id", "code"), List.of(id, code));
    }

    private static DeadLetter deadLetter(String id, String code) {
        Failure failure = new Failure(FailureKind.ROW_DATA, Optional.of("22001"), "too long");
        return new DeadLetter("t", rowKey(id, code), failure, Optional.of("note"));
    }

    private static RowBatch batch(String... rows) {
        int[] ends = new int[rows.length];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.length; i++) {
            ends[i] = text.append(rows[i]).length();
        }
        return RowBatch.of(text.toString().getBytes(StandardCharsets.US_ASCII), ends);
    }
}
