package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads of all tables what people are told of, and keeps what was seen at the last look, in {@code etl_notified}. */
public final class TableSights {
    /** The name under which the memory of the source is kept. */
    public static final String SOURCE = "";

    /**
     * Numbers of etl_table_metrics are given out before their rows can be seen: so many below the greatest one are looked
     * at again.
     */
    private static final int UNSEEN = 1_000;

    /** Loads, not comparisons. */
    private static final String OF_LOAD =
            "(m.load_type IS NULL OR m.load_type NOT IN ('reconcile', 'verify', 'adopt'))";

    private final JdbcClient target;
    private final Warehouse warehouse;

    public TableSights(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
    }

    /**
     * What there is to see of a table now.
     *
     * @param status pending, running, interrupted, success or failed
     * @param loadedUpTo up to when it is loaded; empty: never
     * @param error why the last load failed, without texts of the driver; empty: it did not, or another one runs
     * @param failingSince when the first of the failures in a row ended; empty: none, or the table was seen before
     * @param failures loads that failed since the last look
     * @param lastFailure the last of these; empty: there is none
     * @param rows rows pulled by the last load that read the table
     * @param deadLetters rows that are open dead letters; a load that failed as a whole does not count
     * @param deadSince when the first of them was found
     * @param compared the result of the last comparison
     * @param violations rows, since the table is tracked, that loads should have brought and comparisons found
     * @param version the newest version of its schema; 0: no load has prepared it yet
     * @param versionSince when a load found it
     * @param metrics the greatest number of its rows in etl_table_metrics that was seen
     * @param now the target's clock
     */
    public record Sight(
            String table,
            String status,
            boolean paused,
            Optional<Instant> loadedUpTo,
            Optional<LoadFailure> error,
            Optional<Instant> failingSince,
            long failures,
            Optional<LoadFailure> lastFailure,
            long rows,
            long deadLetters,
            Optional<Instant> deadSince,
            Optional<Compared> compared,
            long violations,
            int version,
            Optional<Instant> versionSince,
            long metrics,
            Instant now) {}

    /**
     * A load that failed.
     *
     * @param text why
     * @param passes whether a later load may not meet it, as with a lost connection
     */
    public record LoadFailure(String text, boolean passes, Instant at) {}

    /**
     * The last comparison of a table.
     *
     * @param result equal, repaired, different, braked or failed
     * @param message why it failed or what was not repaired; empty: nothing to report
     */
    public record Compared(String result, Optional<String> message, Instant at) {}

    /**
     * What was seen of a table, or of the source, at the last look.
     *
     * @param troubles what was told and is not over, since when, by the word of its kind
     * @param metrics the greatest number in etl_table_metrics
     * @param violations as in {@link Sight}
     * @param version as in {@link Sight}
     * @param back when the source last came back; null: not known
     * @param digest the day of the last digest, ISO 8601; null: there was none
     * @param silence who last saw that the source is away; null: nobody since it came back
     */
    public record Memory(
            Map<String, Instant> troubles,
            long metrics,
            long violations,
            int version,
            Instant back,
            String digest,
            Silence silence) {
        /** Nothing was seen yet of the source. */
        public static final Memory NONE = ofSource(Map.of(), null, null, null);

        public static Memory ofTable(Map<String, Instant> troubles, long metrics, long violations, int version) {
            return new Memory(troubles, metrics, violations, version, null, null, null);
        }

        public static Memory ofSource(Map<String, Instant> troubles, Instant back, String digest, Silence silence) {
            return new Memory(troubles, 0, 0, 0, back, digest, silence);
        }

        public Memory {
            troubles = new TreeMap<>(troubles);
        }
    }

    /**
     * A loader to which the source did not answer.
     *
     * @param by the loader's id, which it has until it ends
     */
    public record Silence(String by, Instant at) {}

    /**
     * Whether this transaction may look for changes: one loader at a time does. It may until it ends.
     */
    public boolean begin() {
        return target.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('postgres-loader notifies:' || ?, 0))")
                .param(warehouse.schema())
                .query(Boolean.class)
                .single();
    }

    /** What was seen at the last look, by table; without what this version cannot read: that table is seen for the first time. */
    public Map<String, Memory> memories() {
        Map<String, Memory> memories = new TreeMap<>();
        target.sql("SELECT table_name, state FROM " + warehouse.table("etl_notified"))
                .query(row -> {
                    String name = row.getString("table_name");
                    Json.tryRead(row.getString("state"), Memory.class).ifPresent(memory -> memories.put(name, memory));
                });
        return memories;
    }

    /** Stores what was seen of these tables. */
    public void remember(Map<String, Memory> changed) {
        target.sql("INSERT INTO " + warehouse.table("etl_notified")
                        + " (table_name, state) SELECT key, value FROM jsonb_each(CAST(? AS jsonb))"
                        + " ON CONFLICT (table_name) DO UPDATE SET state = EXCLUDED.state, updated_at = now()")
                .param(Json.write(changed))
                .update();
    }

    /** All tracked tables, with one statement. */
    public List<Sight> read() {
        return target.sql(
                        ("""
                        WITH mark AS (SELECT max((state ->> 'metrics')::bigint) AS id FROM %1$s),
                        recent AS (
                          SELECT m.* FROM %2$s m WHERE m.id > (SELECT id FROM mark) - %3$d),
                        failures AS (
                          SELECT m.table_name, count(*) AS loads, max(m.id) AS last
                          FROM recent m LEFT JOIN %1$s n ON n.table_name = m.table_name
                          WHERE m.id > coalesce((n.state ->> 'metrics')::bigint, (SELECT id FROM mark))
                            AND NOT m.success AND %4$s
                          GROUP BY m.table_name),
                        newest AS (SELECT table_name, max(id) AS id FROM recent GROUP BY table_name),
                        dead AS (
                          SELECT table_name, count(*) AS keys, min(first_seen) AS since FROM %5$s
                          WHERE state = 'open' AND key IS NOT NULL GROUP BY table_name),
                        versions AS (
                          SELECT table_name, max(version) AS version, max(created_at) AS since
                          FROM %6$s GROUP BY table_name)
                        SELECT s.table_name, s.load_status, s.paused_at IS NOT NULL AS paused,
                          CASE WHEN s.watermarks IS NOT NULL THEN s.last_loaded END AS last_loaded,
                          s.error, s.error_class, s.finished_at, s.rows_loaded, b.failing_since,
                          s.verify_result, s.verify_message, s.verified_at, s.integrity_violations,
                          coalesce(f.loads, 0) AS failures, l.error AS last_error, l.error_class AS last_class,
                          l."timestamp" AS last_at, coalesce(d.keys, 0) AS dead_letters,
                          d.since AS dead_since, coalesce(v.version, 0) AS version, v.since AS version_since,
                          CASE WHEN n.table_name IS NOT NULL THEN greatest((n.state ->> 'metrics')::bigint, newest.id)
                            ELSE coalesce(newest.id, (SELECT id FROM mark), (SELECT max(id) FROM %2$s), 0) END AS metrics,
                          now() AS now
                        FROM %7$s s
                          LEFT JOIN %1$s n ON n.table_name = s.table_name
                          LEFT JOIN failures f ON f.table_name = s.table_name
                          LEFT JOIN recent l ON l.id = f.last
                          LEFT JOIN newest ON newest.table_name = s.table_name
                          LEFT JOIN dead d ON d.table_name = s.table_name
                          LEFT JOIN versions v ON v.table_name = s.table_name
                          LEFT JOIN LATERAL (
                            SELECT min(m."timestamp") AS failing_since FROM %2$s m
                            WHERE n.table_name IS NULL AND m.table_name = s.table_name AND NOT m.success AND %4$s
                              AND m."timestamp" > coalesce((
                                SELECT max(m."timestamp") FROM %2$s m
                                WHERE m.table_name = s.table_name AND m.success AND %4$s), '-infinity')) b ON true
                        ORDER BY s.table_name""")
                                .formatted(
                                        warehouse.table("etl_notified"),
                                        warehouse.table("etl_table_metrics"),
                                        UNSEEN,
                                        OF_LOAD,
                                        warehouse.table("etl_dead_letter"),
                                        warehouse.table("etl_schema_version"),
                                        warehouse.table("etl_load_status")))
                .query(TableSights::sight)
                .list();
    }

    private static Sight sight(ResultSet row, int number) throws SQLException {
        return new Sight(
                row.getString("table_name"),
                row.getString("load_status"),
                row.getBoolean("paused"),
                utc(row, "last_loaded"),
                failure(row.getString("error"), row.getString("error_class"), instant(row, "finished_at")),
                utc(row, "failing_since"),
                row.getLong("failures"),
                failure(row.getString("last_error"), row.getString("last_class"), utc(row, "last_at")),
                row.getLong("rows_loaded"),
                row.getLong("dead_letters"),
                instant(row, "dead_since"),
                compared(row),
                row.getLong("integrity_violations"),
                row.getInt("version"),
                instant(row, "version_since"),
                row.getLong("metrics"),
                row.getObject("now", OffsetDateTime.class).toInstant());
    }

    private static Optional<Compared> compared(ResultSet row) throws SQLException {
        Optional<String> message = Optional.ofNullable(row.getString("verify_message"));
        String result = row.getString("verify_result");
        return result == null
                ? Optional.empty()
                : instant(row, "verified_at").map(at -> new Compared(result, message, at));
    }

    private static Optional<LoadFailure> failure(String text, String kind, Optional<Instant> at) {
        return text == null || at.isEmpty()
                ? Optional.empty()
                : Optional.of(new LoadFailure(text, "transient".equals(kind), at.get()));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Optional<Instant> utc(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }
}
