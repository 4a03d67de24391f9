package io.postgresloader.config.settings;

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
 * @param files the other files that the loader reads
 * @param loading how much is loaded at a time
 * @param retention the age at which closed dead letters and metrics are removed; empty: never
 * @param analyzeExclude whole words of the names of tables that an analysis leaves out
 * @param jsonLog whether each line of the log is a JSON object
 * @param management where health and metrics are served
 * @param jolokia where JMX is served
 * @param notifications of what people are told, and how
 */
public record Settings(
        Connection source,
        Connection target,
        String targetSchema,
        Optional<ZoneId> sourceTimeZone,
        Files files,
        Loading loading,
        Optional<Duration> retention,
        List<String> analyzeExclude,
        boolean jsonLog,
        Management management,
        Jolokia jolokia,
        NotifySettings notifications) {
    public Settings {
        analyzeExclude = List.copyOf(analyzeExclude);
    }

    /**
     * The other files of the configuration.
     *
     * @param tables the table list, {@code tables.yml}
     * @param routes the directory of the route files
     * @param reload whether a running loader reads a table list or route file again when it is saved
     */
    public record Files(Path tables, Path routes, boolean reload) {}

    /**
     * How much is loaded at a time.
     *
     * @param workers how many tables load at the same time, 1 to 64
     * @param pageRows the most rows that one read of the source returns
     * @param pageBytes the most encoded bytes of one read of the source
     * @param memory the encoded bytes that all reads together may hold in memory
     * @param packets whether rows are read from the packets of the driver, not by JDBC
     * @param scanLimit the size of the largest table that is read by scans, in bytes; 0: none is
     * @param batchRows the most rows of one upsert
     * @param retries how often a load is tried again after a transient error before it fails
     * @param networkTimeout how long a database may be silent before its connection counts as lost; at least a second
     * @param maxRewrite the percentage of a table's rows that an adoption may rewrite for one reason without an
     *     operator's consent, 0 to 100
     */
    public record Loading(
            int workers,
            int pageRows,
            long pageBytes,
            long memory,
            boolean packets,
            long scanLimit,
            int batchRows,
            int retries,
            Duration networkTimeout,
            int maxRewrite) {
        /**
         * The most encoded bytes of one read: each worker, and a comparison, holds the page that it writes or compares and
         * the next one.
         *
         * @param tables how many tables there are to load
         */
        public long pageShare(int tables) {
            int readers = Math.max(1, Math.min(workers + 1, tables));
            return Math.min(pageBytes, memory / (2L * readers));
        }

        /**
         * The most connections to the source: each worker streams rows on one and queries on another; a comparison reads
         * pages and single rows at the same time; one more serves everything else.
         */
        public int sourceConnections() {
            return 2 * workers + 3;
        }

        /** The most connections to the target: each worker writes on one and holds the table's lock on another. */
        public int targetConnections() {
            return 3 * workers + 4;
        }
    }

    /**
     * How to reach one database. {@link #toString()} leaves the password out.
     *
     * @param url a JDBC URL that names the database, without user or password
     * @param user the login name at the start
     * @param password the password at the start; may be empty
     * @param tls how the connection is protected
     * @param compressed whether the protocol is compressed; if not, the URL decides. Only MySQL's protocol can be
     * @param userFile the file with the login name; empty: the name does not come from a file
     * @param passwordFile the file with the password
     */
    public record Connection(
            String url,
            String user,
            String password,
            Tls tls,
            boolean compressed,
            Optional<Path> userFile,
            Optional<Path> passwordFile) {
        public Connection(String url, String user, String password, Tls tls) {
            this(url, user, password, tls, false, Optional.empty(), Optional.empty());
        }

        /** The name of the database. */
        public String database() {
            return new JdbcUrl(url).database();
        }

        /** The login name that is valid now: the file may have changed. If it cannot be read, the one of the start. */
        public String userNow() {
            return userFile.flatMap(SecretFile::read).map(String::strip).orElse(user);
        }

        /** The password that is valid now: the file may have changed. If it cannot be read, the one of the start. */
        public String passwordNow() {
            return passwordFile.flatMap(SecretFile::read).orElse(password);
        }

        @Override
        public String toString() {
            return user + "@" + url;
        }
    }

    /**
     * Where health and metrics are served over HTTP.
     *
     * @param host an address of this machine
     * @param port the TCP port; 0: not served
     * @param deadLetterKeys whether the status shows the keys of dead letters
     * @param acceptedDeadLetters the number of open dead letters up to which the loader is healthy
     */
    public record Management(String host, int port, boolean deadLetterKeys, int acceptedDeadLetters) {
        public boolean on() {
            return port != 0;
        }
    }

    /**
     * Where JMX is served over HTTP. {@link #toString()} leaves the password out.
     *
     * @param host an address of this machine
     * @param port the TCP port; 0: not served
     * @param user the login name; empty only if the port is 0
     * @param password its password
     * @param policy the file that lists what may be read and called
     */
    public record Jolokia(String host, int port, String user, String password, Path policy) {
        public boolean on() {
            return port != 0;
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
