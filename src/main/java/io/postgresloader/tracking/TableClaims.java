package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Watermarks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the tracking tables claim of each table: up to when it is loaded, complete, stamped and proven. */
public final class TableClaims {
    private final JdbcClient target;
    private final Warehouse warehouse;

    public TableClaims(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    /**
     * One table, as in {@code etl_freshness}.
     *
     * @param proven when the last comparison began that found both sides equal, or made them so
     * @param rows rows of the target; empty: not counted yet
     */
    public record Claim(
            Optional<Instant> loadedUpTo,
            Optional<Instant> completeUpTo,
            Optional<Instant> stampedUpTo,
            Optional<Instant> lastSuccess,
            Optional<Instant> proven,
            Optional<Long> rows) {
        /** Of a table without a tracking row. */
        public static final Claim NONE = new Claim(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** All tracked tables by name, with one statement. */
    public Map<String, Claim> all() {
        Map<String, Claim> claims = new HashMap<>();
        target.sql(
                        "SELECT f.table_name, f.loaded_up_to, f.complete_up_to, f.stamped_up_to, f.last_success, s.proven_at,"
                                + " f.rows FROM " + warehouse.table("etl_freshness") + " f JOIN "
                                + warehouse.table("etl_load_status") + " s ON s.table_name = f.table_name")
                .query(row -> {
                    claims.put(row.getString("table_name"), claim(row));
                });
        return claims;
    }

    /** The watermarks of a table; empty: no load of it has succeeded. */
    public Optional<Watermarks> watermarks(String table) {
        return target.sql("SELECT watermarks::text FROM " + warehouse.table("etl_load_status")
                        + " WHERE table_name = ? AND watermarks IS NOT NULL AND load_status <> 'pending'")
                .param(table)
                .query(String.class)
                .optional()
                .flatMap(json -> Json.tryRead(json, Watermarks.class));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                time(row, "loaded_up_to"),
                time(row, "complete_up_to"),
                time(row, "stamped_up_to"),
                time(row, "last_success"),
                time(row, "proven_at"),
                Optional.ofNullable(row.getObject("rows", Long.class)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
