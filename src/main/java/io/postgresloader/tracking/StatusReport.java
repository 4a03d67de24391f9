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
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the state of all tracked tables. */
public final class StatusReport {
    private final JdbcClient target;
    private final Warehouse warehouse;
    private final boolean keys;

    public StatusReport(Warehouse warehouse) {
        this(warehouse, true);
    }

    /** @param keys whether the message shows the key of a dead letter */
    public StatusReport(Warehouse warehouse, boolean keys) {
        this.target = warehouse.jdbc();
        this.warehouse = warehouse;
        this.keys = keys;
    }

    /**
     * The state of one table.
     *
     * @param state pending, running, interrupted, paused, success or failed; running only while its process runs
     * @param pausedSince since when it is paused; empty: it is not
     * @param loadedUpTo up to when it is complete; empty when no load of ours has succeeded yet
     * @param ended when the last load ended, by the clock of its loader; empty: it has not, or there was none
     * @param rows rows pulled by the last load that read the table
     * @param type type of the last load; empty when there was none
     * @param openDeadLetters rows, or loads, that are open dead letters
     * @param verified when the table was last compared with the source; empty: never
     * @param verifyResult equal, repaired, different, braked or failed; empty: never compared
     * @param message which process holds the table and gives no sign any more; why the last load was of its type,
     *     what it noted, or why it failed; and the reason of one dead letter
     * @param now the target's clock
     */
    public record Line(
            String table,
            String state,
            Optional<Instant> pausedSince,
            Optional<Instant> loadedUpTo,
            Optional<Instant> ended,
            long rows,
            Optional<String> type,
            long openDeadLetters,
            Optional<Instant> verified,
            Optional<String> verifyResult,
            String message,
            Instant now) {
        private Line heldBy(LockHolder silent) {
            return new Line(
                    table,
                    state,
                    pausedSince,
                    loadedUpTo,
                    ended,
                    rows,
                    type,
                    openDeadLetters,
                    verified,
                    verifyResult,
                    silent + (message.isEmpty() ? "" : "; " + message),
                    now);
        }
    }

    /** One line for each tracking row, by name. A value of last_loaded that another loader wrote is left out. */
    public List<Line> read() {
        List<Line> lines = target.sql("SELECT s.table_name, t.state, s.paused_at, finished_at,"
                        + " CASE WHEN watermarks IS NOT NULL THEN last_loaded END AS last_loaded, rows_loaded, load_type,"
                        + " coalesce(o.open, 0) AS open_dead_letters, verified_at, verify_result,"
                        + " concat_ws('; ', 'paused since ' || to_char(s.paused_at AT TIME ZONE 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS'), coalesce(s.error, concat_ws('; ', load_reason, notes)),"
                        + " 'compared: ' || verify_message, " + deadLetter() + ") AS message, now() AS now FROM "
                        + warehouse.table("etl_load_status") + " s JOIN " + warehouse.table("etl_table_state")
                        + " t ON t.table_name = s.table_name LEFT JOIN " + open()
                        + " o ON o.table_name = s.table_name LEFT JOIN " + warehouse.table("etl_dead_letter")
                        + " d ON d.id = o.newest ORDER BY s.table_name")
                .query(StatusReport::line)
                .list();
        return lines.stream().anyMatch(line -> line.state.equals("running")) ? withSilentHolders(lines) : lines;
    }

    private List<Line> withSilentHolders(List<Line> lines) {
        Map<String, LockHolder> silent = LockHolder.silent(warehouse).stream()
                .collect(Collectors.toMap(LockHolder::table, holder -> holder, (one, other) -> one));
        return lines.stream()
                .map(line -> silent.containsKey(line.table) ? line.heldBy(silent.get(line.table)) : line)
                .toList();
    }

    /**
     * Of each table, how many dead letters are open, and the id of the row's that was seen last. A failed load's reason is
     * in the message already. All are read once: a look for each table reads and sorts all texts of the table.
     */
    private String open() {
        return "(SELECT table_name, count(*) AS open, (max(ARRAY[date_part('epoch', last_seen), id])"
                + " FILTER (WHERE key IS NOT NULL))[2]::bigint AS newest FROM " + warehouse.table("etl_dead_letter")
                + " WHERE state = 'open' GROUP BY table_name)";
    }

    private String deadLetter() {
        return "CASE WHEN d.id IS NOT NULL THEN 'dead letter" + (keys ? " ' || d.key::text || '" : "")
                + ": ' || concat_ws(': ', 'column ' || d.column_name, d.message) END";
    }

    private static Line line(ResultSet row, int rowNumber) throws SQLException {
        return new Line(
                row.getString("table_name"),
                row.getString("state"),
                instant(row, "paused_at"),
                Optional.ofNullable(row.getObject("last_loaded", LocalDateTime.class))
                        .map(time -> time.toInstant(ZoneOffset.UTC)),
                instant(row, "finished_at"),
                row.getLong("rows_loaded"),
                Optional.ofNullable(row.getString("load_type")),
                row.getLong("open_dead_letters"),
                instant(row, "verified_at"),
                Optional.ofNullable(row.getString("verify_result")),
                row.getString("message"),
                row.getObject("now", OffsetDateTime.class).toInstant());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
