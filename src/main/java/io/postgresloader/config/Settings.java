package io.postgresloader.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is not about a single table: {@code config/application.properties}, overridden by the environment.
 *
 * @param source the MySQL or MariaDB database to read
 * @param target the PostgreSQL database to write
 * @param targetSchema the schema of the target that holds the data and the tracking tables
 * @param sourceTimeZone the zone whose wall clock the source's DATETIME columns hold; empty: the server's own
 * @param tablesFile the table list, contract {@code tables.yml}
 * @param routesDirectory where the route files are
 * @param workers how many tables load at the same time, 1 to 64
 * @param pageRows the most rows that one read of the source returns
 * @param pageBytes the most encoded bytes that one read of the source may hold in memory
 * @param batchRows the most rows of one upsert
 * @param retries how often a load is tried again after a transient error before it counts as failed
 * @param networkTimeout how long either database may be silent before its connection counts as lost; at least a second
 * @param retention the age at which closed dead letters and metrics are removed; empty: never
 * @param analyzeExclude whole words of the names of tables that an analysis leaves out
 */
public record Settings(
        Connection source,
        Connection target,
        String targetSchema,
        Optional<ZoneId> sourceTimeZone,
        Path tablesFile,
        Path routesDirectory,
        int workers,
        int pageRows,
        long pageBytes,
        int batchRows,
        int retries,
        Duration networkTimeout,
        Optional<Duration> retention,
        List<String> analyzeExclude) {
    public Settings {
        analyzeExclude = List.copyOf(analyzeExclude);
    }

    /**
     * How to reach one database. {@link #toString()} keeps the password to itself.
     *
     * @param url a JDBC URL that names the database, without user or password
     * @param user the login name
     * @param password the password; may be empty
     * @param tls how the connection is protected
     */
    public record Connection(String url, String user, String password, Tls tls) {
        @Override
        public String toString() {
            return user + "@" + url;
        }
    }
}
