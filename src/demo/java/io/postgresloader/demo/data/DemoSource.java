package io.postgresloader.demo.data;

import io.postgresloader.demo.data.OpenDentalSchema.ColumnLine;
import io.postgresloader.demo.server.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Creates and fills the OpenDental-shaped source: all tables, deterministic rows, and some that are hard to load. */
public final class DemoSource {
    public static final String DATABASE = "opendental";

    /** Rows of these tables, enough for visible progress; all others have a fiftieth of the rows of a real practice. */
    private static final long SECURITYLOG_ROWS = 200_000;

    private static final long MOST_ROWS = 20_000;
    private static final long LEAST_ROWS = 20;

    /** Values as practices have them after twenty years. The rows of the last two become dead letters. */
    private static final List<String> HARD_ROWS = List.of(
            "UPDATE adjustment SET AdjDate = '1902-07-31', ProcDate = '1980-01-01' WHERE AdjNum = 1",
            "UPDATE adjustment SET AdjDate = '0001-01-01', DateEntry = '9999-12-31' WHERE AdjNum = 2",
            "UPDATE adjustment SET AdjDate = '0000-00-00', AdjAmt = 0.1 WHERE AdjNum = 3",
            "UPDATE adjustment SET AdjAmt = 1e300 WHERE AdjNum = 4",
            "UPDATE adjustment SET AdjAmt = -0e0, AdjNote = '' WHERE AdjNum = 5",
            "UPDATE commlog SET Note = 'it''s \"quoted\" \\\\ back\\tslash' WHERE CommlogNum = 1",
            "UPDATE commlog SET Note = 'two\\nlines\\r\\nand a\\ttab' WHERE CommlogNum = 2",
            "UPDATE commlog SET Note = 'Приём в 9:00' WHERE CommlogNum = 3",
            "UPDATE commlog SET Note = '牙科 预约' WHERE CommlogNum = 4",
            "UPDATE commlog SET Note = 'موعد الأسنان' WHERE CommlogNum = 5",
            "UPDATE commlog SET Note = '' WHERE CommlogNum = 6",
            "UPDATE commlog SET Note = NULL WHERE CommlogNum = 7",
            "UPDATE timeadjust SET RegHours = '-01:00:00', OTimeHours = '838:59:59' WHERE TimeAdjustNum = 1",
            "UPDATE commlog SET Note = CONCAT('NUL', CHAR(0), 'inside') WHERE CommlogNum = 8",
            "UPDATE appointment SET DateTimeArrived = '2020-00-10' WHERE AptNum = 1");

    private final OpenDentalSchema schema = OpenDentalSchema.load();
    private final EmbeddedMariaDb server;

    public DemoSource(EmbeddedMariaDb server) {
        this.server = server;
    }

    /**
     * Creates the database; drops an existing one.
     *
     * @param progress receives the name and the number of rows of each table that is filled
     */
    public void create(BiConsumer<String, Long> progress) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
            statement.execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb3");
            statement.execute("USE " + DATABASE);
            for (String table : schema.tables()) {
                statement.execute(schema.createTable(table, "MyISAM"));
                statement.execute(insert(schema, table, rows(table)));
                progress.accept(table, rows(table));
            }
            for (String update : HARD_ROWS) {
                statement.execute(update);
            }
        }
    }

    public List<String> tables() {
        return schema.tables();
    }

    /** The statement that fills a table with this many rows, the same ones each time. */
    public static String insert(OpenDentalSchema schema, String table, long rows) {
        List<ColumnLine> columns = schema.columns(table);
        return "INSERT INTO `" + table + "` ("
                + columns.stream().map(c -> "`" + c.name() + "`").collect(Collectors.joining(", ")) + ") SELECT "
                + columns.stream().map(DemoValues::expression).collect(Collectors.joining(", "))
                + " FROM seq_1_to_" + rows;
    }

    private long rows(String table) {
        if (table.equals("securitylog")) {
            return SECURITYLOG_ROWS;
        }
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, schema.estimatedRows(table) / 50));
    }
}
