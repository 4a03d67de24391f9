package io.postgresloader.load;

import static io.postgresloader.load.LoadFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.SourceTable;
import io.postgresloader.type.KeyFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenEntriesTest {
    private static final SourceTable TABLE =
            LoadFixtures.source(List.of(key("code", "id")), "id int(11)", "note text", "code varchar(9)");
    private static final RowBatch ROWS = batch("1\tx\ta\n", "2\tx\\ty\ta\\tb\n", "3\t\\N\ta\n");

    private final OpenEntries entries = new OpenEntries(
            new KeyFormat(TABLE, TABLE.keys().get(0)),
            Map.of(71L, named("1", "a"), 72L, named("2", "a\tb"), 79L, named("9", "a")));

    @Test
    void anEntryWhoseRowArrivesIsFoundByItsKey() {
        assertThat(entries.arrived(ROWS, List.of())).containsExactly(71L, 72L);
        assertThat(entries.notMet()).containsExactly(79L);
    }

    @Test
    void onlyTheRowsOfTheBatchArrive() {
        assertThat(entries.arrived(ROWS.slice(1, 3), List.of())).containsExactly(72L);
        assertThat(entries.notMet()).containsExactlyInAnyOrder(71L, 79L);
    }

    @Test
    void aRowThatIsRefusedAgainHasNotArrivedButIsStillThere() {
        List<DeadLetter> refused = List.of(refused("1", "a"));

        assertThat(entries.arrived(ROWS, refused)).containsExactly(72L);
        entries.stillRefused(refused);

        assertThat(entries.notMet()).containsExactly(79L);
    }

    @Test
    void aRowThatIsRefusedForTheFirstTimeHasNoEntryYet() {
        entries.stillRefused(List.of(refused("5", "a")));

        assertThat(entries.notMet()).containsExactlyInAnyOrder(71L, 72L, 79L);
    }

    @Test
    void withoutEntriesNothingIsLookedAt() {
        OpenEntries none = new OpenEntries(new KeyFormat(TABLE, TABLE.keys().get(0)), Map.of());

        assertThat(none.arrived(ROWS, List.of())).isEmpty();
        assertThat(none.notMet()).isEmpty();
    }

    private static Map<String, String> named(String id, String code) {
        return Map.of("id", id, "code", code);
    }

    private static DeadLetter refused(String id, String code) {
        Failure failure = new Failure(FailureKind.ROW_DATA, Optional.of("22001"), "too long");
        return new DeadLetter("t", named(id, code), failure, Optional.of("note"));
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
