package io.postgresloader.demo.data;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Plays the practice: inserts, edits and deletes a few rows at each round. */
public final class DemoWriter {
    private static final List<String> INSERTS = List.of(
            "INSERT INTO securitylog (PermType, UserNum, LogDateTime, LogText, PatNum, CompName, FKey, LogSource,"
                    + " DefNum, DefNumError) SELECT 1, seq, NOW(), 'chart opened', seq, 'FRONTDESK', 0, 0, 0, 0"
                    + " FROM seq_1_to_20",
            "INSERT INTO adjustment (AdjDate, AdjAmt, PatNum, AdjType, ProvNum, ProcNum, DateEntry, ClinicNum,"
                    + " StatementNum, SecUserNumEntry, TaxTransID)"
                    + " SELECT CURDATE(), -10.5, seq, 1, 1, 0, CURDATE(), 0, 0, 1, 0 FROM seq_1_to_5");

    private static final List<String> UPDATES = List.of(
            "UPDATE adjustment SET AdjAmt = AdjAmt + 1 WHERE AdjNum % 97 = ROUND_NUMBER % 97",
            "UPDATE commlog SET Note = CONCAT('called back, ', Note) WHERE CommlogNum % 997 = ROUND_NUMBER % 997 + 10");

    private static final List<String> DELETES = List.of(
            "DELETE FROM securitylog WHERE SecurityLogNum = 1000 + ROUND_NUMBER",
            "DELETE FROM commlog WHERE CommlogNum = 5000 + ROUND_NUMBER");

    private final EmbeddedMariaDb server;
    private int round;

    public DemoWriter(EmbeddedMariaDb server) {
        this.server = server;
    }

    /**
     * The numbers of rows that a round changed.
     *
     * @param inserted new rows
     * @param updated edited rows
     * @param deleted deleted rows; incremental loads do not see these
     */
    public record Round(int inserted, int updated, int deleted) {
        /** The numbers as text. */
        @Override
        public String toString() {
            return inserted + " rows inserted, " + updated + " edited, " + deleted + " deleted";
        }
    }

    /** Changes a few rows now. */
    public Round change() throws SQLException {
        round++;
        try (Connection connection = server.connect(DemoSource.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = ''");
            return new Round(run(statement, INSERTS), run(statement, UPDATES), run(statement, DELETES));
        }
    }

    private int run(Statement statement, List<String> changes) throws SQLException {
        int rows = 0;
        for (String change : changes) {
            rows += statement.executeUpdate(change.replace("ROUND_NUMBER", String.valueOf(round)));
        }
        return rows;
    }
}
