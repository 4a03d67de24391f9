package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.SchemaVersion;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code etl_schema_version}: what each table looked like, and what was done when that changed. */
public final class SchemaVersions {
    private final JdbcClient target;
    private final String table;

    public SchemaVersions(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_schema_version");
    }

    /** The newest version of a table; empty when no load has made it ready yet. */
    public Optional<SchemaVersion> newest(String tableName) {
        return target.sql("SELECT schema FROM " + table + " WHERE table_name = ? ORDER BY version DESC LIMIT 1")
                .param(tableName)
                .query(String.class)
                .optional()
                .map(json -> Json.read(json, SchemaVersion.class));
    }

    /**
     * A change of a table's columns.
     *
     * @param changes what differs from the version before, in words
     * @param statements what was run on the target, in order
     */
    public record Change(int number, Instant at, List<String> changes, List<String> statements) {}

    /** The last versions of a table, the newest first. */
    public List<Change> last(String tableName, int limit) {
        return target.sql("SELECT version, created_at, changes::text, statements::text FROM " + table
                        + " WHERE table_name = ? ORDER BY version DESC LIMIT ?")
                .params(tableName, limit)
                .query((row, number) -> new Change(
                        row.getInt(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        List.of(Json.read(row.getString(3), String[].class)),
                        List.of(Json.read(row.getString(4), String[].class))))
                .list();
    }

    /**
     * Adds a version.
     *
     * @param changes what differs from the version before, in words
     * @param statements what was run on the target, in order
     */
    public void add(String tableName, SchemaVersion version, List<String> changes, List<String> statements) {
        target.sql("INSERT INTO " + table + " (table_name, version, changes, statements, schema)"
                        + " VALUES (?, ?, CAST(? AS jsonb), CAST(? AS jsonb), CAST(? AS jsonb))")
                .params(tableName, version.number(), Json.write(changes), Json.write(statements), Json.write(version))
                .update();
    }
}
