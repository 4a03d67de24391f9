package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.TestServers;
import io.postgresloader.type.RawRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every length that the protocol writes in another way, and NULL in every place. */
class DriverRowIT {
    private static final String ROWS = "SELECT NULL, '', REPEAT('a', 250), REPEAT('b', 251), NULL, REPEAT('c', 65535),"
            + " REPEAT('d', 65536), REPEAT('e', 17000000), 7, NULL UNION ALL SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9, 10";

    @ParameterizedTest
    @CsvSource({"true, true", "false, true", "true, false"})
    void aRowHasTheValuesThatJdbcHas(boolean packets, boolean streamed) throws SQLException {
        try (Connection one = connect();
                Connection other = connect();
                Statement read = one.createStatement();
                Statement expect = other.createStatement()) {
            read.setFetchSize(streamed ? Integer.MIN_VALUE : 0);
            try (ResultSet rows = read.executeQuery(ROWS);
                    ResultSet expected = expect.executeQuery(ROWS)) {
                DriverRow row = DriverRow.of(rows, packets);
                assertThat(row.getClass().getSimpleName()).isEqualTo(packets ? "InPacket" : "ByJdbc");
                while (rows.next() | expected.next()) {
                    assertEqual(row.read(), expected);
                }
            }
        }
    }

    private static void assertEqual(RawRow row, ResultSet expected) throws SQLException {
        for (int column = 0; column < row.columns(); column++) {
            assertThat(row.value(column)).as("column %s", column).isEqualTo(expected.getBytes(column + 1));
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                TestServers.source().jdbcUrl("")
                        + "?sessionVariables=sql_mode=''&useServerPrepStmts=false&characterSetResults=null",
                SourceServer.WRITER,
                SourceServer.PASSWORD);
    }
}
