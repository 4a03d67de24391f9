package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargeRowsTest {
    private static final String MARKER = "postgresloader: not sent, too large for its memory";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int varchar text blob  |`0`; `1`; `2`; `3`",
                "int longblob           |`0`; IF(LENGTH(`1`) > 99, MARKER, `1`)",
                "mediumtext int longtext|IF(IFNULL(LENGTH(`0`), 0) + IFNULL(LENGTH(`2`), 0) > 99, MARKER, `0`); `1`;"
                        + " IF(IFNULL(LENGTH(`0`), 0) + IFNULL(LENGTH(`2`), 0) > 99, MARKER, `2`)"
            })
    void longValuesAreSentUpToTheLimit(String types, String expected) {
        List<String> quoted = List.of("`0`", "`1`", "`2`", "`3`").subList(0, types.split(" +").length);

        assertThat(String.join("; ", rows(types).guarded(quoted, quoted)))
                .isEqualTo(expected.replace("MARKER", "'" + MARKER + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "int longblob, MARKER, true",
        "int longblob, other, false",
        "int longblob, , false",
        "int blob, MARKER, false"
    })
    void aRowThatWasNotSentIsAFault(String types, String value, boolean fault) {
        String cell = "MARKER".equals(value) ? MARKER : value;
        RawRow row = RawRow.of(new byte[] {'1'}, cell == null ? null : cell.getBytes(StandardCharsets.US_ASCII));

        Optional<RowFault> found = rows(types).failure(row);

        assertThat(found.isPresent()).isEqualTo(fault);
        found.ifPresent(notSent -> {
            assertThat(notSent.column()).contains("c1");
            assertThat(notSent.failure().toString())
                    .startsWith(
                            "row data (SQLSTATE 54000): the row is larger than 0 MB, too large for the loader's memory")
                    .contains("(-Xmx)");
        });
    }

    private static LargeRows rows(String types) {
        String[] all = types.split(" +");
        return LargeRows.of(
                Arrays.stream(all)
                        .map(type -> new Column(
                                "c" + Arrays.asList(all).indexOf(type),
                                type,
                                type,
                                true,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                false))
                        .toList(),
                99);
    }
}
