package io.postgresloader.tracking;

import io.postgresloader.sql.Identifiers;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies {@code etl_load_status} before it is changed. */
public final class TrackingBackup {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");

    private final JdbcClient target;
    private final String schema;

    public TrackingBackup(DataSource target, String schema) {
        this.target = JdbcClient.create(target);
        this.schema = schema;
    }

    /**
     * Copies the table if any of these tables has no row in it yet.
     *
     * @return the name of the copy, dated in UTC; empty when there is nothing to copy or nothing will change
     */
    public Optional<String> beforeChanging(Collection<String> tables) {
        if (!exists() || missing(tables) == 0) {
            return Optional.empty();
        }
        String name =
                "etl_load_status_backup_" + LocalDateTime.now(ZoneOffset.UTC).format(STAMP);
        target.sql("CREATE TABLE " + Identifiers.postgres(schema, name) + " AS TABLE "
                        + Identifiers.postgres(schema, "etl_load_status"))
                .update();
        return Optional.of(name);
    }

    private boolean exists() {
        return target.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(Identifiers.postgres(schema, "etl_load_status"))
                .query(Boolean.class)
                .single();
    }

    private long missing(Collection<String> tables) {
        return target.sql("SELECT count(*) FROM unnest(?) t WHERE NOT EXISTS (SELECT 1 FROM "
                        + Identifiers.postgres(schema, "etl_load_status") + " s WHERE s.table_name = t)")
                .param(tables.toArray(String[]::new))
                .query(Long.class)
                .single();
    }
}
