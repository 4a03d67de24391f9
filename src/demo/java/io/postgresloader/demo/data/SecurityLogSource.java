package io.postgresloader.demo.data;

import io.postgresloader.demo.server.SourceServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The largest table of a practice, {@code securitylog}, at any size, as the benchmark loads it. */
public final class SecurityLogSource {
    public static final String TABLE = "securitylog";

    private final SourceServer server;
    private final String database;

    /** @param database the database of the table, which exists */
    public SecurityLogSource(SourceServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /**
     * Creates the table with this many rows, all older than a load's lookback; drops an existing one.
     *
     * @param engine the storage engine
     */
    public void create(String engine, long rows) throws SQLException {
        execute(
                "DROP TABLE IF EXISTS securitylog",
                OpenDentalSchema.load().createTable(TABLE, engine),
                "INSERT INTO securitylog SELECT seq, seq % 90, seq % 40,"
                        + " '2015-01-01' + INTERVAL seq * 90 SECOND,"
                        + " CONCAT('Patient chart viewed, module ', seq % 17, ', entry ', MD5(seq)), seq % 50000,"
                        + " CONCAT('WORKSTATION-', seq % 60), seq % 900000, seq % 4, 0, 0, '0001-01-01'"
                        + " FROM seq_1_to_" + rows);
    }

    /**
     * Edits rows that are spread evenly over the whole table.
     *
     * @param count how many rows, at most half of the table
     * @param round different rounds edit different rows; the same round edits the same rows
     */
    public void change(long count, int round) throws SQLException {
        execute("UPDATE securitylog s JOIN (SELECT COUNT(*) DIV " + count + " AS step FROM securitylog) n"
                + " SET s.LogDateTime = NOW(), s.LogText = CONCAT(s.LogText, '+')"
                + " WHERE s.SecurityLogNum % n.step = " + round + " % n.step AND s.SecurityLogNum DIV n.step < "
                + count);
    }

    /**
     * Edits rows from the least key on, until so many rows have been edited in the last hour.
     *
     * @param count how many rows
     */
    public void fillLookback(long count) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION time_zone = '+00:00'");
            long there;
            try (ResultSet rows = statement.executeQuery(
                    "SELECT COUNT(*) FROM securitylog WHERE LogDateTime > NOW() - INTERVAL 1 HOUR")) {
                rows.next();
                there = rows.getLong(1);
            }
            statement.execute("UPDATE securitylog SET LogDateTime = NOW() WHERE LogDateTime < NOW() - INTERVAL 1 HOUR"
                    + " ORDER BY SecurityLogNum LIMIT " + Math.max(0, count - there));
        }
    }

    /**
     * Edits rows that are spread evenly over the whole table, without a trace in their time.
     *
     * @param count how many rows
     * @param round different rounds leave different texts
     */
    public void edit(long count, int round) throws SQLException {
        execute("UPDATE securitylog s JOIN (SELECT COUNT(*) DIV " + count + " AS step FROM securitylog) n"
                + " SET s.LogText = CONCAT('edited ', " + round + ", s.LogText)"
                + " WHERE s.SecurityLogNum % n.step = 0 AND s.SecurityLogNum DIV n.step <= " + count);
    }

    /** Sets old times in the rows that were edited last, so that the next load of changed rows does not select them. */
    public void age() throws SQLException {
        execute("UPDATE securitylog SET LogDateTime = '2015-01-01' WHERE LogDateTime > NOW() - INTERVAL 1 DAY");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            for (String sql : statements) {
                statement.execute(server.known(sql));
            }
        }
    }
}
