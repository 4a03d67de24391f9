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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenDeadLettersTest {
    private static final SourceTable TABLE =
            LoadFixtures.source(List.of(key("code", "id")), "id int(11)", "note text", "code varchar(9)");
    private static final RowBatch ROWS = batch("1\tx\ta\n", "2\tx\\ty\ta\\tb\n", "3\t\\N\ta\n");

    private final OpenDeadLetters entries = new OpenDeadLetters(
            new KeyFormat(TABLE, TABLE.keys().get(0)),
            Map.of(71L, rowKey("1", "a"), 72L, rowKey("2", "a\tb"), 79L, rowKey("9", "a")));

    @Test
    void aRowIsFoundByItsKeyWhenItIsWritten() {
        assertThat(entries.written(ROWS, List.of())).containsExactlyInAnyOrder(71L, 72L);
    }

    @Test
    void onlyRowsOfTheBatchAreWritten() {
        assertThat(entries.written(ROWS.slice(1, 3), List.of())).containsExactly(72L);
    }

    @Test
    void aRowThatIsADeadLetterAgainIsOnlyMet() {
        List<DeadLetter> again = List.of(deadLetter("1", "a"));

        assertThat(entries.written(ROWS, again)).containsExactly(72L);
        assertThat(entries.idsOf(again)).containsExactly(71L);
    }

    @Test
    void aNewDeadLetterHasNoEntry() {
        assertThat(entries.idsOf(List.of(deadLetter("5", "a")))).isEmpty();
    }

    @Test
    void entriesThatWereNotMetAreReturned() {
        assertThat(entries.except(Set.of(71L, 72L))).containsExactly(79L);
        assertThat(entries.except(Set.of())).containsExactlyInAnyOrder(71L, 72L, 79L);
    }

    @Test
    void withoutEntriesNoKeyIsRead() {
        OpenDeadLetters none =
                new OpenDeadLetters(new KeyFormat(TABLE, TABLE.keys().get(0)), Map.of());

        assertThat(none.written(ROWS, List.of())).isEmpty();
        assertThat(none.except(Set.of())).isEmpty();
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
        return new RowBatch(text.toString().getBytes(StandardCharsets.US_ASCII), ends, 0, rows.length);
    }
}
