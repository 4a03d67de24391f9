package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameHintTest {
    @ParameterizedTest
    @CsvSource({
        "SecDateTEdit, EDIT",
        "DateTStamp, EDIT",
        "DateTSheetEdited, EDIT",
        "last_modified, EDIT",
        "UPDATED, EDIT",
        "HistDateTStamp, EDIT",
        "SecDateTEntry, ENTRY",
        "DateTimeEntry, ENTRY",
        "EntryDateTime, ENTRY",
        "DateTCreated, ENTRY",
        "date_added, ENTRY",
        "ProcDate, NOTHING",
        "DateTimeLink, NOTHING",
        "Reentrytime, NOTHING",
        "Editor, NOTHING",
        "DateEstampeded, NOTHING",
        "d, NOTHING"
    })
    void goesByWholeWords(String name, NameHint hint) {
        assertThat(NameHint.of(name)).isEqualTo(hint);
    }
}
