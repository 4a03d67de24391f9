package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.Column;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorsTest {
    private static final SourceTable TABLE = LoadFixtures.source(
            List.of(),
            "SecDateTEdit timestamp(3)",
            "DateTP datetime",
            "AdjDate date",
            "AdjTime time",
            "AdjNum bigint(20) unsigned",
            "Note varchar(255)");

    @ParameterizedTest
    @CsvSource({
        "SecDateTEdit, SecDateTEdit, TIMESTAMP",
        "DateTP, DateTP, DATETIME",
        "AdjDate, AdjDate, DATE",
        "ADJDATE, AdjDate, DATE"
    })
    void aDateColumnIsACursorInTheSourcesSpelling(String configured, String column, CursorType type) {
        assertThat(Cursors.declared(options(configured), TABLE))
                .isEqualTo(new Cursors(List.of(new Cursor(column, type)), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AdjTime |cursor column AdjTime has the type time, not date, datetime or timestamp",
                "AdjNum  |cursor column AdjNum has the type bigint(20) unsigned, not date, datetime or timestamp",
                "Note    |cursor column Note has the type varchar(255), not date, datetime or timestamp",
                "SecDateE|cursor column SecDateE does not exist in the source"
            })
    void anyOtherIsLeftOutWithTheReason(String configured, String reason) {
        Cursors cursors = Cursors.declared(options("DateTP", configured), TABLE);

        assertThat(cursors.usable()).extracting(Cursor::column).containsExactly("DateTP");
        assertThat(cursors.leftOut()).containsExactly(reason);
    }

    @Test
    void aColumnWithoutARealDateIsLeftOutWithTheReason() {
        Cursors declared = Cursors.declared(options("Missing", "AdjDate", "SecDateTEdit"), TABLE);

        Cursors filled = declared.withValues(cursor -> cursor.type() == CursorType.TIMESTAMP);

        assertThat(filled.usable()).extracting(Cursor::column).containsExactly("SecDateTEdit");
        assertThat(filled.leftOut())
                .containsExactly(
                        "cursor column Missing does not exist in the source",
                        "cursor column AdjDate has no value inside the bounds");
    }

    @Test
    void whereNoneIsConfiguredTheSourcesOwnEditTimestampServes() {
        Column edited = new Column(
                "DateTStamp",
                "timestamp",
                "timestamp",
                false,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(0),
                Optional.empty(),
                true);
        SourceTable table = new SourceTable("t", List.of(LoadFixtures.column("Id", "int"), edited), List.of(), 0);

        assertThat(Cursors.declared(TableOptions.defaults("t"), table).usable())
                .containsExactly(new Cursor("DateTStamp", CursorType.TIMESTAMP));
        assertThat(Cursors.declared(options(), table).usable()).isEmpty();
    }

    private static TableOptions options(String... columns) {
        return LoadFixtures.options(List.of(), List.of(columns), LoadMode.INCREMENTAL);
    }
}
