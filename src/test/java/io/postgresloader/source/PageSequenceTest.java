package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceTable;
import io.postgresloader.type.KeyFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSequenceTest {
    private static final KeyFormat INTEGERS = format("int", "int(11)");
    private static final KeyFormat TEXTS = format("varchar", "varchar(20)");

    @Test
    void integerKeysMoveForwardByValue() {
        PageSequence sequence = PageSequence.behind(key("-10"));
        for (String key : List.of("-9", "2", "10", "100", "18446744073709551615")) {
            sequence = sequence.next("t", INTEGERS, key(key));
        }
        assertThat(sequence.last()).isEqualTo(key("18446744073709551615"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "9", "-11", "010"})
    void aPageThatEndsAtAnEarlierIntegerFails(String key) {
        PageSequence sequence = PageSequence.behind(RowKey.NONE).next("t", INTEGERS, key("10"));

        assertThatThrownBy(() -> sequence.next("t", INTEGERS, key(key)))
                .isInstanceOf(LoadFailedException.class)
                .hasMessageContainingAll("table t is damaged in the source", "CHECK TABLE");
    }

    @Test
    void anEmptyPageLeavesTheSequence() {
        PageSequence sequence = PageSequence.behind(key("10"));
        assertThat(sequence.next("t", INTEGERS, RowKey.NONE)).isEqualTo(sequence);
    }

    @Test
    void textsMayHaveAnyOrder() {
        PageSequence sequence = PageSequence.behind(RowKey.NONE);
        for (String key : List.of("b", "A", "z", "ä", "1")) {
            sequence = sequence.next("t", TEXTS, key(key));
        }
        assertThat(sequence.last()).isEqualTo(key("1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 100})
    void aCycleOfTextsFailsWithinFourTurns(int length) {
        assertThatThrownBy(() -> {
                    PageSequence sequence = PageSequence.behind(RowKey.NONE).next("t", TEXTS, key("before"));
                    for (int page = 0; page < 4 * length + 4; page++) {
                        sequence = sequence.next("t", TEXTS, key("k" + page % length));
                    }
                })
                .isInstanceOf(LoadFailedException.class);
    }

    private static KeyFormat format(String type, String columnType) {
        OptionalInt none = OptionalInt.empty();
        Column column = new Column("K", type, columnType, false, none, none, none, Optional.empty());
        Key key = new Key(List.of("K"));
        return new KeyFormat(new SourceTable("t", List.of(column), List.of(key), 0), key);
    }

    private static RowKey key(String value) {
        return RowKey.of(List.of("K"), List.of(value));
    }
}
