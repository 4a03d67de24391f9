package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedTablesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "126  | Index for table './test/d.MYI' is corrupt; try to repair it | true",
                "130  | Incorrect file format 'd' | true",
                "29   | File './test/d.MYD' not found (Errcode: 2 \"No such file or directory\") | true",
                "1017 | Can't find file: './test/d.MYI' (errno: 2 \"No such file or directory\") | true",
                "1030 | Got error 175 \"File too short; Expected more data in file\" from storage engine Aria | true",
                "1030 | Got error 127 from storage engine | true",
                "1030 | Got error 28 \"No space left on device\" from storage engine Aria | false",
                "1016 | Can't open file: 'd.MYI' (errno: 145) | true",
                "1016 | Can't open file: './test/d126.frm' (errno: 24 \"Too many open files\") | false",
                "1814 | Tablespace has been discarded for table `d` | true",
                "1205 | Lock wait timeout exceeded; try restarting transaction | false",
                "0    | ERROR: relation 126 does not exist | false"
            })
    void theNumberOfTheErrorDecides(int code, String message, boolean damaged) {
        assertThat(DamagedTables.shownBy(new SQLException(message, "HY000", code)))
                .isEqualTo(damaged);
    }
}
