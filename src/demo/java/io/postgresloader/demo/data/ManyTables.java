package io.postgresloader.demo.data;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Adds tables to a database until it has as many as a practice: the real ones, and variants of them. */
public final class ManyTables {
    private static final long MOST_ROWS = 20_000;
    private static final long LEAST_ROWS = 20;

    private ManyTables() {}

    /** @param count the number of tables that the database has afterwards */
    public static void create(EmbeddedMariaDb server, String database, int count) throws SQLException {
        OpenDentalSchema schema = OpenDentalSchema.load();
        List<String> real = schema.tables();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            for (int table = 0; table < count; table++) {
                String model = real.get(table % real.size());
                if (table < real.size()) {
                    statement.execute(schema.createTable(model, "MyISAM").replaceFirst("TABLE", "TABLE IF NOT EXISTS"));
                    statement.execute(DemoSource.insert(schema, model, rows(schema, model))
                            .replaceFirst("INSERT", "INSERT IGNORE"));
                } else {
                    String variant = "`" + model + (table / real.size() + 1) + "`";
                    statement.execute("CREATE TABLE IF NOT EXISTS " + variant + " LIKE `" + model + "`");
                    statement.execute(
                            "INSERT IGNORE INTO " + variant + " SELECT * FROM `" + model + "` LIMIT " + MOST_ROWS);
                }
            }
        }
    }

    private static long rows(OpenDentalSchema schema, String table) {
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, schema.estimatedRows(table) / 50));
    }
}
