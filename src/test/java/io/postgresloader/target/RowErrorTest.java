package io.postgresloader.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.model.FailureKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class RowErrorTest {
    private static final List<String> COLUMNS = List.of("AdjNum", "Adj Date", "Note");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "COPY etl_stage, line 7, column Adj Date: \"Doe\"                |7|Adj Date",
                "COPY etl_stage, line 7, column Note                             |7|-",
                "COPY etl_stage, line 7, column Note: null input                 |7|Note",
                "COPY etl_stage, line 123456: \"Doe\"                            |123456|-",
                "COPY etl_stage, line 7                                          |7|-",
                "COPY etl_stage, Zeile 7, Spalte Adj Date: »Doe«                 |7|Adj Date",
                "COPY etl_stage, línea 7, columna Adj Date: «Doe»                |7|Adj Date",
                "COPY etl_stage, ligne 7, colonne Adj Date : « Doe »             |7|Adj Date",
                "COPY etl_stage, ligne 7, colonne Adj Date\u00A0: « Doe »        |7|Adj Date",
                "COPY etl_stage, riga 7, colonna Adj Date: \"Doe\"               |7|Adj Date",
                "COPY etl_stage, строка 7, столбец Adj Date: \"Doe\"             |7|Adj Date",
                "COPY etl_stage, ხაზი 7, სვეტი Adj Date: \"Doe\"                 |7|Adj Date",
                "COPY etl_stage, 行 7, 列 Adj Date: \"Doe\"                      |7|Adj Date"
            })
    void theLineAndTheColumnAreReadInTheServersLanguage(String where, int line, String column) throws SQLException {
        RowError error = of(where);

        assertThat(error.line()).hasValue(line);
        assertThat(error.column()).isEqualTo(Optional.ofNullable(column));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSON data, line 1: {\"a\": Doe...\nCOPY etl_stage, line 7, column Note: \"Doe\"",
                "SQL function f, line 3\nCOPY etl_stage, line 7, column Note: \"Doe\""
            })
    void whatTheInputOfATypeSaysBeforeIsSkipped(String where) throws SQLException {
        RowError error = of(where);

        assertThat(error.line()).hasValue(7);
        assertThat(error.column()).contains("Note");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etl_stageのCOPY、行 7、列 Note: \"Doe\"",
                "etl_stage 복사, 7번째 줄, Note 열: \"Doe\"",
                "PL/pgSQL function f() line 3 at RAISE",
                "COPY another_table, line 7, column Note: \"Doe\"",
                "COPY etl_stage2, line 7, column Note: \"Doe\""
            })
    void anyOtherContextNamesNothing(String where) throws SQLException {
        RowError error = of(where);

        assertThat(error.line()).isEmpty();
        assertThat(error.column()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "COPY etl_stage, line 7, column Adj Date: \"Doe, line 3, column Note: x\"|Adj Date",
                "COPY etl_stage, line 7, column Adj Date: \"COPY etl_stage, line 3, column Note: x\"|Adj Date",
                "COPY etl_stage, ligne 7, colonne Adj Date : « x, ligne 3, colonne Note : y »|Adj Date"
            })
    void aValueThatReadsLikeAContextIsNotReadAsOne(String where, String column) throws SQLException {
        RowError error = of(where);

        assertThat(error.line()).hasValue(7);
        assertThat(error.column()).contains(column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY etl_stage, line 7, column Doe: \"x\"",
                "COPY etl_stage, line 7: \"Doe, line 3, column Note: x\"",
                "COPY etl_stage, line 7: \"7, column Note: x\""
            })
    void onlyANameThatIsAColumnIsTakenForOne(String where) throws SQLException {
        assertThat(of(where).line()).hasValue(7);
        assertThat(of(where).column()).isEmpty();
    }

    @Test
    void theNameOfTheTableIsNotReadAsPartOfTheContext() throws SQLException {
        SQLException thrown = error("22P02", "COPY odd, line 3, column Note: x, line 7, column Note: \"Doe\"", null);

        assertThat(RowError.of(thrown, "odd, line 3, column Note: x", COLUMNS).line())
                .hasValue(7);
    }

    @Test
    void aColumnThatTheServerNamesItselfGoesFirst() throws SQLException {
        SQLException thrown = error("23502", "COPY etl_stage, line 7: \"Doe\"", "Note");

        assertThat(RowError.of(thrown, "etl_stage", COLUMNS).column()).contains("Note");
    }

    @Test
    void nothingOfTheServersTextsIsKept() throws SQLException {
        String said = of("COPY etl_stage, line 7, column Adj Date: \"Doe\"").toString();

        assertThat(said).doesNotContain("Doe").contains("the text cannot be read as the column's type");
    }

    @Test
    void anErrorOfTheProtocolNamesNeitherLineNorColumn() throws SQLException {
        RowError error = RowError.of(new SQLException("Doe", "22021"), "etl_stage", COLUMNS);

        assertThat(error.failure().kind()).isEqualTo(FailureKind.ROW_DATA);
        assertThat(error.line()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "42703", "XX000"})
    void whatIsNotAboutARowIsThrownAgain(String sqlState) {
        SQLException thrown = error(sqlState, "COPY etl_stage, line 7", null);

        assertThatThrownBy(() -> RowError.of(thrown, "etl_stage", COLUMNS)).isSameAs(thrown);
    }

    private static RowError of(String where) throws SQLException {
        return RowError.of(error("22P02", where, null), "etl_stage", COLUMNS);
    }

    /** Fields as the protocol sends them: a letter, the text, a NUL. */
    private static PSQLException error(String sqlState, String where, String column) {
        String fields = "SERROR\0C" + sqlState + "\0Minvalid input syntax: \"Doe\"\0DKey (x)=(Doe)\0"
                + (where == null ? "" : "W" + where + "\0")
                + (column == null ? "" : "c" + column + "\0");
        return new PSQLException(new ServerErrorMessage(fields));
    }
}
