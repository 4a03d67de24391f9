package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts open dead letters by their reason. */
public final class OpenReasons {
    private final JdbcClient target;
    private final String table;

    public OpenReasons(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_dead_letter");
    }

    /**
     * Open dead letters of a table with the same reason, SQLSTATE and column.
     *
     * @param message of the one that was seen last
     * @param keys of those that were seen last, each column to value; empty if they are not asked for
     */
    public record Group(
            String reason,
            Optional<String> sqlstate,
            Optional<String> column,
            String message,
            long open,
            Instant firstSeen,
            Instant lastSeen,
            List<Map<String, String>> keys) {}

    /** How many there are of all tables, by reason, the most frequent first. */
    public Map<String, Long> all() {
        Map<String, Long> counts = new LinkedHashMap<>();
        target.sql("SELECT reason, count(*) AS open FROM " + table
                        + " WHERE state = 'open' GROUP BY reason ORDER BY open DESC, reason")
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /**
     * Those of one table, the most frequent first.
     *
     * @param keys how many keys each group shows at most
     */
    public List<Group> of(String tableName, int keys) {
        return target.sql("SELECT reason, sqlstate, column_name, count(*) AS open, min(first_seen) AS first_seen,"
                        + " max(last_seen) AS last_seen, (array_agg(message ORDER BY last_seen DESC))[1] AS message,"
                        + " (array_agg(key::text ORDER BY last_seen DESC) FILTER (WHERE key IS NOT NULL))[1:?] AS keys"
                        + " FROM " + table + " WHERE state = 'open' AND table_name = ?"
                        + " GROUP BY reason, sqlstate, column_name ORDER BY open DESC, reason")
                .params(keys, tableName)
                .query(OpenReasons::group)
                .list();
    }

    private static Group group(ResultSet row, int number) throws SQLException {
        return new Group(
                row.getString("reason"),
                Optional.ofNullable(row.getString("sqlstate")),
                Optional.ofNullable(row.getString("column_name")),
                row.getString("message"),
                row.getLong("open"),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                keys(row));
    }

    private static List<Map<String, String>> keys(ResultSet row) throws SQLException {
        return row.getArray("keys") == null
                ? List.of()
                : Arrays.stream((String[]) row.getArray("keys").getArray())
                        .map(Json::readTexts)
                        .toList();
    }
}
