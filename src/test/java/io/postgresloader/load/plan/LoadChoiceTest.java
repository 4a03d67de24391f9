package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadChoiceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // asked for  |cursor       |rows   |bytes |integer|read        |shows |why
                "AUTO       |Edited       |5      |100   |true |INCREMENTAL|true |changed by Edited",
                "AUTO       |SecDateTEntry|5000000|100   |true |INCREMENTAL|false|changed by SecDateTEntry (set on entry: edits do not show)",
                "AUTO       |-            |10000  |100   |true |FULL       |true |small, and no column shows edits",
                "AUTO       |-            |10001  |100   |true |APPEND     |false|new keys only",
                "AUTO       |-            |9000   |1000  |true |APPEND     |false|new keys only",
                "AUTO       |-            |10001  |100   |false|FULL       |true |no integer key and no usable cursor column",
                "INCREMENTAL|Edited       |5      |100   |true |INCREMENTAL|true |changed by Edited",
                "INCREMENTAL|-            |5      |100   |true |APPEND     |false|new keys only",
                "INCREMENTAL|-            |5      |100   |false|FULL       |true |no integer key and no usable cursor column",
                "APPEND     |Edited       |5      |100   |true |APPEND     |false|new keys only",
                "FULL       |Edited       |5000000|100   |true |FULL       |true |configured"
            })
    void eachKindOfTableHasItsLoadMode(
            LoadMode asked,
            String cursor,
            long rows,
            long rowBytes,
            boolean integerKey,
            LoadMode read,
            boolean showsEdits,
            String reason) {
        SourceTable source = new SourceTable(
                "t",
                List.of(
                        LoadFixtures.column("Id", "int"),
                        LoadFixtures.column(cursor == null ? "x" : cursor, "datetime")),
                List.of(),
                rows,
                rowBytes,
                true);
        List<Cursor> cursors = cursor == null ? List.of() : List.of(new Cursor(cursor, CursorType.DATETIME));

        assertThat(LoadChoice.of(LoadFixtures.options(List.of(), List.of(), asked), source, cursors, integerKey))
                .isEqualTo(new LoadChoice(read, reason, showsEdits));
    }
}
