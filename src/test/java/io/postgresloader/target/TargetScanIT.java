package io.postgresloader.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.SettingsReader;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetScanIT {
    /** With few rows, the server has sent all of them before the scan ends. */
    @ParameterizedTest
    @ValueSource(ints = {2, 100, 1_000, 100_000})
    void aScanThatEndsEarlySpoilsNoLaterStatement(int rows) throws Exception {
        EmbeddedPostgresServer server = TestServers.postgres();
        server.createDatabase("scan_" + rows);
        Database target = new Database(server.jdbcUrl("scan_" + rows), EmbeddedPostgresServer.USER, "");
        target.execute(
                "CREATE SCHEMA raw",
                "CREATE TABLE raw.t (id int PRIMARY KEY, note text)",
                "INSERT INTO raw.t SELECT n, repeat('x', 100) FROM generate_series(1, " + rows + ") n");
        TargetTable table =
                new TargetTable("raw", "t", List.of("id", "note"), new Key(List.of("id")), DeletePolicy.DELETE);

        try (HikariDataSource pool = TargetDatabase.open(settings(target), 1, Duration.ofSeconds(60))) {
            for (int i = 0; i < 30; i++) {
                try (TargetScan scan = new TargetScan(pool.getConnection(), table)) {
                    assertThat(scan.row()).isNotNull();
                }
                try (Connection connection = pool.getConnection()) {
                    assertThat(Database.rows(connection, "SELECT 1, pg_sleep(0.01)"))
                            .containsExactly("1|");
                }
            }
        }
    }

    private static Settings.Connection settings(Database target) {
        return SettingsReader.read(
                        Path.of("target", "no-such.properties"),
                        Map.of(
                                "SOURCE_URL",
                                "jdbc:mysql://127.0.0.1/none",
                                "SOURCE_USER",
                                "none",
                                "TARGET_URL",
                                target.url(),
                                "TARGET_USER",
                                target.user()))
                .settings()
                .target();
    }
}
