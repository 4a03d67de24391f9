package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Quantity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the servers count themselves, read over connections that stay open, so that reading costs little. */
final class ServerCounters implements AutoCloseable {
    private static final String WAL = "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn) / 1048576.0";

    private final Connection source;
    private final Connection target;
    private final Optional<String> database;
    private long ownStatements;

    private ServerCounters(Bench bench, Optional<String> database) throws SQLException {
        source = bench.source().connect("");
        try {
            target = bench.connect("postgres");
        } catch (SQLException e) {
            source.close();
            throw e;
        }
        this.database = database;
    }

    /** All counters, of the target those of this database. */
    static ServerCounters of(Bench bench, String database) throws SQLException {
        return new ServerCounters(bench, Optional.of(database));
    }

    /** Those counters that are up to date at any time. */
    static ServerCounters ofServers(Bench bench) throws SQLException {
        return new ServerCounters(bench, Optional.empty());
    }

    Map<Quantity, Double> read() throws SQLException {
        Map<Quantity, Double> counters = new EnumMap<>(Quantity.class);
        counters.put(Quantity.SOURCE_INDEXED, status("Handler_read_next"));
        counters.put(Quantity.SOURCE_SCANNED, status("Handler_read_rnd_next"));
        counters.put(Quantity.SOURCE_STATEMENTS, statements());
        counters.put(Quantity.TARGET_WAL, number(target, WAL, 1));
        if (database.isPresent()) {
            String from = " FROM pg_stat_database WHERE datname = '" + database.get() + "'";
            counters.put(Quantity.TARGET_COMMITS, number(target, "SELECT xact_commit" + from, 1));
            counters.put(
                    Quantity.TARGET_ROWS, number(target, "SELECT tup_inserted + tup_updated + tup_deleted" + from, 1));
        }
        return counters;
    }

    /** Without the statements by which this is found out. */
    private double statements() throws SQLException {
        return status("Questions") - ownStatements;
    }

    private double status(String variable) throws SQLException {
        ownStatements++;
        return number(source, "SHOW GLOBAL STATUS LIKE '" + variable + "'", 2);
    }

    private static double number(Connection connection, String query, int column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getDouble(column);
        }
    }

    @Override
    public void close() throws SQLException {
        try (source) {
            target.close();
        }
    }
}
