package io.postgresloader.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedServersIT {
    @Test
    void mariaDbKeepsItsDataAndEndsTheOrphanOfAnEarlierRun() throws Exception {
        EmbeddedMariaDb.Options options =
                new EmbeddedMariaDb.Options(directory("mariadb"), 0, Optional.of("MST7MDT,M3.2.0,M11.1.0"), List.of());
        EmbeddedMariaDb orphan = EmbeddedMariaDb.start(options);
        as(orphan).execute("CREATE DATABASE kept", "CREATE TABLE kept.t (a int)", "INSERT INTO kept.t VALUES (7)");

        try (EmbeddedMariaDb next = EmbeddedMariaDb.start(options)) {
            assertThat(ProcessHandle.of(orphan.pid())).isEmpty();
            assertThat(as(next).value("SELECT a FROM kept.t")).isEqualTo("7");
            assertThat(as(next).value("SELECT @@system_time_zone")).isIn("MST", "MDT");
            assertThat(as(next).value(
                                    "SELECT TIMESTAMPDIFF(HOUR, CONVERT_TZ('2026-01-15 12:00:00', '+00:00', 'SYSTEM'),"
                                            + " CONVERT_TZ('2026-07-15 12:00:00', '+00:00', 'SYSTEM')) - 181 * 24"))
                    .isEqualTo("1");
        }
    }

    @Test
    void mariaDbIsUnpackedAgainWhereThatWasBrokenOff() throws Exception {
        Path directory = directory("broken-off");
        Path half = Files.createDirectories(directory.resolve("mariadb-installation/data/mysql"));
        Files.writeString(half.resolve("db.frm"), "half of it");
        EmbeddedMariaDb.Options options =
                new EmbeddedMariaDb.Options(directory.resolve("mariadb"), 0, Optional.empty(), List.of());

        assertThat(EmbeddedMariaDb.installed(options.directory())).isFalse();
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(options)) {
            assertThat(as(server).value("SELECT 7")).isEqualTo("7");
            assertThat(EmbeddedMariaDb.installed(options.directory())).isTrue();
        }
    }

    @Test
    void postgresKeepsItsData() throws Exception {
        Path directory = directory("postgres");
        try (EmbeddedPostgresServer first = EmbeddedPostgresServer.start(directory, 0, Map.of())) {
            as(first).execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (7)");
        }

        try (EmbeddedPostgresServer next = EmbeddedPostgresServer.start(directory, 0, Map.of("fsync", "on"))) {
            assertThat(as(next).value("SELECT a FROM t")).isEqualTo("7");
            assertThat(as(next).value("SHOW fsync")).isEqualTo("on");
        }
    }

    private static Database as(EmbeddedMariaDb server) {
        return new Database(server.jdbcUrl(""), EmbeddedMariaDb.WRITER, EmbeddedMariaDb.PASSWORD);
    }

    private static Database as(EmbeddedPostgresServer server) {
        return new Database(server.jdbcUrl("postgres"), EmbeddedPostgresServer.USER, "");
    }

    private static Path directory(String name) throws Exception {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "embedded")), name + "-");
    }
}
