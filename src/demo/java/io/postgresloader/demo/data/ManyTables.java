package io.postgresloader.demo.data;

import io.postgresloader.demo.server.SourceServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** As many tables as a practice has: the real ones, and variants of them in the place of the others, which are small. */
public final class ManyTables {
    /** The mean of those tables of a practice that are not among the real ones here. */
    private static final long VARIANT_ROWS = 4_700;

    private ManyTables() {}

    /**
     * Creates the tables.
     *
     * @param count how many tables
     * @param scale how many rows they have; 1: as many as in a practice; none has no row
     * @return their names, and those of the rows together
     */
    public static Made create(SourceServer server, String database, String engine, int count, double scale)
            throws SQLException {
        OpenDentalSchema schema = OpenDentalSchema.load();
        List<String> real = schema.tables();
        List<String> made = new ArrayList<>();
        long rows = 0;
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            for (int table = 0; table < count; table++) {
                String model = real.get(table % real.size());
                String name = table < real.size() ? model : model + (table / real.size() + 1);
                rows += table < real.size()
                        ? create(server, statement, schema, model, engine, scale)
                        : copy(statement, model, name, scale);
                made.add(name);
            }
        }
        return new Made(made, rows);
    }

    /** Tables and how many rows they have together. */
    public record Made(List<String> tables, long rows) {}

    private static int create(
            SourceServer server,
            Statement statement,
            OpenDentalSchema schema,
            String table,
            String engine,
            double scale)
            throws SQLException {
        statement.execute(schema.createTable(table, engine));
        String insert = DemoSource.insert(schema, table, scaled(schema.estimatedRows(table), scale));
        return statement.executeUpdate(server.known(insert));
    }

    private static int copy(Statement statement, String model, String name, double scale) throws SQLException {
        statement.execute("CREATE TABLE `" + name + "` LIKE `" + model + "`");
        return statement.executeUpdate(
                "INSERT INTO `" + name + "` SELECT * FROM `" + model + "` LIMIT " + scaled(VARIANT_ROWS, scale));
    }

    private static long scaled(long rows, double scale) {
        return Math.max(1, Math.round(rows * scale));
    }
}
