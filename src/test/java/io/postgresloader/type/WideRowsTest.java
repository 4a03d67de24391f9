package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideRowsTest {
    @ParameterizedTest
    @CsvSource({
        "150,  text, false",
        "1000, bigint, false",
        "1001, bigint, false",
        "1002, bigint, true",
        "380,  text, false",
        "390,  text, true",
        "1600, smallint, false",
        "1600, varchar(3), false",
        "1600, numeric(20), true",
        "1600, bytea, false",
        "509,  interval, true"
    })
    void onlyTablesOfManyColumnsAreChecked(int columns, String type, boolean possible) {
        assertThat(WideRows.possible(Collections.nCopies(columns, type))).isEqualTo(possible);
    }

    /** PostgreSQL accepts what is not too wide here, and not what is: 8160 bytes, 24 of them before the values. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "1017, bigint,    1,          false",
                "1018, bigint,    1,          true",
                "1600, bigint,    NULL,       false",
                "1600, timestamp, 0000-00-00 00:00:00, false",
                "1600, timestamp, 2020-02-02 00:00:00, true",
                "388,  text,      abcdefghijklmnopqrst, true",
                "387,  text,      abcdefghijklmnopqrst, false",
                // PostgreSQL can compress it, or move it out of the row.
                "679,  text,      abcdefghijklmnopqrstu, true",
                "678,  text,      abcdefghijklmnopqrstu, false",
                "1600, text,      \u00e4\u00e4\u00e4\u00e4, false",
                "1600, text,      a,          false",
                // Trailing spaces that do not fit are cut.
                "1600, varchar(3), 'abcdefghi', false",
                "1163, numeric,   12345,      true",
                "1162, numeric,   12345,      false",
                "1600, numeric,   12340000,   false",
                "1600, numeric,   0.00,       false",
                "388,  numeric,   123456789012345678901234567890123456, true",
                "678,  numeric,   1234567890123456789012345678901234567, false",
                "1600, bytea,     abcdefghijklmn, false"
            })
    void aRowIsAsWideAsItsValuesAreAtTheLeast(int columns, String type, String value, boolean tooWide) {
        byte[] cell = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        RawRow row = RawRow.of(Collections.nCopies(columns, cell).toArray(byte[][]::new));

        assertThat(WideRows.of(Collections.nCopies(columns, type), 8192).failure(row))
                .as("%d of %s", columns, type)
                .matches(found -> found.isPresent() == tooWide);
    }

    @ParameterizedTest
    @CsvSource({"8192, true", "16384, false"})
    void thePagesOfTheServerCount(int page, boolean tooWide) {
        RawRow row = RawRow.of(Collections.nCopies(1100, new byte[] {'1'}).toArray(byte[][]::new));

        assertThat(WideRows.of(Collections.nCopies(1100, "bigint"), page).failure(row))
                .matches(found -> found.isPresent() == tooWide);
    }

    /** 1017 values of eight bytes fit without the bits, and not with them. */
    @Test
    void aRowWithNullsHasABitForEachColumn() {
        RawRow row = RawRow.of(Collections.nCopies(1018, new byte[] {'1'}).toArray(byte[][]::new));
        row.setNull(0);
        List<String> types = Collections.nCopies(1018, "bigint");

        assertThat(WideRows.of(types, 8192).failure(row)).isPresent();
        assertThat(WideRows.of(types, 8192 + 128).failure(row)).isEmpty();
    }
}
