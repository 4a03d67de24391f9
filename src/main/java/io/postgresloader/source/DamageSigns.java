package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.Key;
import io.postgresloader.sql.Identifiers;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for signs that a table has lost rows by damage. Without transactions, a crash can leave a damaged file, and
 * {@code REPAIR TABLE} then keeps what it can read. To a comparison, lost rows look like deleted rows.
 */
public final class DamageSigns {
    private static final String CHECKED =
            """
            SELECT TIMESTAMPDIFF(SECOND, check_time, UTC_TIMESTAMP()) FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = ? AND check_time IS NOT NULL""";

    private static final String INDEX =
            """
            SELECT MIN(index_name) FROM (SELECT index_name FROM information_schema.statistics
              WHERE table_schema = DATABASE() AND table_name = ?
              GROUP BY index_name HAVING GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR 0x00) = ?) i""";

    private final JdbcClient source;

    public DamageSigns(Source source) {
        this.source = source.jdbc();
    }

    /** How long ago the table was checked or repaired, by the source's clock; empty: never, or its engine does not say. */
    public Optional<Duration> sinceCheck(String table) {
        return source.sql(CHECKED).param(table).query(Long.class).optional().map(Duration::ofSeconds);
    }

    /**
     * Whether the index of the key has the same keys as the rows. One statement reads both, so that a table without
     * transactions does not change in between.
     */
    public boolean indexFits(String table, Key key) {
        return source.sql(INDEX)
                .params(table, String.join("\0", key.columns()))
                .query(String.class)
                .optional()
                .map(index -> source.sql("SELECT " + keys(table, key, "FORCE INDEX (" + Identifiers.mysql(index) + ")")
                                + " = " + keys(table, key, "USE INDEX ()"))
                        .query(Boolean.class)
                        .single())
                .orElse(true);
    }

    /** NULLIF keeps the server from answering by the number of rows that it remembers. */
    private static String keys(String table, Key key, String hint) {
        String checksums = key.columns().stream()
                .map(column -> ", BIT_XOR(CRC32(" + Identifiers.mysql(column) + "))")
                .collect(Collectors.joining());
        return "(SELECT CONCAT_WS(' ', COUNT(NULLIF("
                + Identifiers.mysql(key.columns().get(0)) + ", NULL))" + checksums + ") FROM "
                + Identifiers.mysql(table)
                + " " + hint + ")";
    }
}
