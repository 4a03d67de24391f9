package io.postgresloader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetDatabaseIT {
    private final Database database =
            new Database(TestServers.postgres().jdbcUrl("postgres"), EmbeddedPostgresServer.USER, "");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PostgreSQL 15.14 (Debian 15.14-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc 12; 5s",
                "PostgreSQL 18.1 on aarch64-linux, compiled by gcc-14; 5s",
                "PostgreSQL 16.1, compiled by Visual C++ build 1937, 64-bit; 0",
                "PostgreSQL 17.5 on x86_64-windows, compiled by msvc-19.43.34808, 64-bit; 0",
                "PostgreSQL 14.9 on x86_64-apple-darwin20.6.0, compiled by Apple clang; 0"
            })
    void theClientIsLookedForWhereTheServerCan(String version, String interval) throws SQLException {
        try (Connection connection = database.connect()) {
            Database.rows(connection, TargetDatabase.clientCheck("'" + version + "'"));

            assertThat(Database.rows(connection, "SHOW client_connection_check_interval"))
                    .containsExactly(interval);
        }
    }
}
