package io.postgresloader.demo.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A real MariaDB or MySQL server on loopback, with a user who reads and a user who may do everything. */
public interface SourceServer extends AutoCloseable {
    /** The user with the privileges that the loader needs: SELECT and PROCESS. */
    String READER = "loader";

    /** The user with all privileges, such as the practice's own program has. */
    String WRITER = "practice";

    /** The password of both users; the server listens on loopback only. */
    String PASSWORD = "demo";

    /**
     * How to start a server.
     *
     * @param directory the data directory; existing data is used again. The binaries are unpacked next to it, once for
     *     all servers there
     * @param port the port on 127.0.0.1; 0 for any free one
     * @param timeZone the server's system zone as a POSIX TZ value; empty: UTC
     * @param arguments more arguments for the server
     */
    record Options(Path directory, int port, Optional<String> timeZone, List<String> arguments) {}

    int port();

    /** The process id of the server. */
    long pid();

    /** Shuts the server down. */
    @Override
    void close();

    default String jdbcUrl(String database) {
        return jdbcUrl(port(), database);
    }

    /** A statement that MariaDB knows, as this server knows it. */
    default String known(String statement) {
        return statement;
    }

    /** A connection that may write, such as the practice's own program has. */
    default Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), WRITER, PASSWORD);
    }

    /** The URL of a database of a server on this port. */
    static String jdbcUrl(int port, String database) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + database;
    }
}
