package io.postgresloader.demo.data;

import io.postgresloader.demo.server.SourceServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Single tables of a practice, as the benchmark loads them. */
public final class OneTable {
    /** A few documents of a megabyte and more each, as practices store them. */
    public static final String DOCUMENTS = "documentmisc";

    /** With digests of 128 characters, {@code documentmisc} of a practice has 75 MB in 56 rows. */
    private static final int DIGESTS_IN_A_DOCUMENT = 10_462;

    private OneTable() {}

    /** Creates a table of the schema with this many rows. */
    public static void create(SourceServer server, String database, String engine, String table, long rows)
            throws SQLException {
        OpenDentalSchema schema = OpenDentalSchema.load();
        run(server, database, schema.createTable(table, engine), DemoSource.insert(schema, table, rows));
    }

    /** Creates {@link #DOCUMENTS} with this many rows. */
    public static void createDocuments(SourceServer server, String database, String engine, long rows)
            throws SQLException {
        run(
                server,
                database,
                "CREATE TABLE documentmisc (DocMiscNum bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, DateCreated date"
                        + " NOT NULL DEFAULT '0001-01-01', FileName varchar(255) NOT NULL, DocMiscType tinyint NOT NULL,"
                        + " RawBase64 longtext NOT NULL) ENGINE=" + engine + " DEFAULT CHARSET=utf8mb3",
                "SET SESSION group_concat_max_len = 2000000",
                // Digests, as documents are: what repeats would be compressed by the target.
                "INSERT INTO documentmisc SELECT d.seq, '2020-01-01' + INTERVAL d.seq DAY,"
                        + " CONCAT('update', d.seq, '.zip'), d.seq % 2,"
                        + " GROUP_CONCAT(SHA2(CONCAT(d.seq, '-', n.seq), 512) SEPARATOR '')"
                        + " FROM (SELECT seq FROM seq_1_to_" + rows + ") d JOIN (SELECT seq FROM seq_1_to_"
                        + DIGESTS_IN_A_DOCUMENT + ") n GROUP BY d.seq");
    }

    private static void run(SourceServer server, String database, String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            for (String sql : statements) {
                statement.execute(server.known(sql));
            }
        }
    }
}
