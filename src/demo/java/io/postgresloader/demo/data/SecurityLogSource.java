package io.postgresloader.demo.data;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The largest table of a practice, {@code securitylog}, at any size, as the benchmark loads it. */
public final class SecurityLogSource {
    public static final String DATABASE = "benchmark";

    private SecurityLogSource() {}

    /** Creates the table with this many rows, all older than a load's lookback; drops an existing one. */
    public static void create(EmbeddedMariaDb server, long rows) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
            statement.execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb3");
            statement.execute("USE " + DATABASE);
            statement.execute(OpenDentalSchema.load().createTable("securitylog", "MyISAM"));
            statement.execute("INSERT INTO securitylog SELECT seq, seq % 90, seq % 40,"
                    + " '2015-01-01' + INTERVAL seq * 90 SECOND,"
                    + " CONCAT('Patient chart viewed, module ', seq % 17, ', entry ', MD5(seq)), seq % 50000,"
                    + " CONCAT('WORKSTATION-', seq % 60), seq % 900000, seq % 4, 0, 0, '0001-01-01'"
                    + " FROM seq_1_to_" + rows);
        }
    }

    /**
     * Edits rows that are spread evenly over the whole table.
     *
     * @param count how many rows, at most half of the table
     * @param round different rounds edit different rows; the same round edits the same rows
     */
    public static void change(EmbeddedMariaDb server, int count, int round) throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE securitylog s JOIN (SELECT COUNT(*) DIV " + count + " AS step FROM securitylog) n"
                    + " SET s.LogDateTime = NOW(), s.LogText = CONCAT(s.LogText, '+')"
                    + " WHERE s.SecurityLogNum % n.step = " + round + " AND s.SecurityLogNum DIV n.step < " + count);
        }
    }

    /** Sets old times in the rows that were edited last, so that the next load of changed rows does not select them. */
    public static void age(EmbeddedMariaDb server) throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE securitylog SET LogDateTime = '2015-01-01' WHERE LogDateTime > NOW() - INTERVAL 1 DAY");
        }
    }
}
