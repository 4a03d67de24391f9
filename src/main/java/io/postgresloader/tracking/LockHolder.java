package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that holds the lock of a table and gives no sign any more, such as one that was stopped with SIGSTOP or
 * Ctrl-Z: its connections stay open, and PostgreSQL releases nothing. Each holder gives a sign on the lock's connection
 * every {@link #PERIOD}, which {@code pg_stat_activity} shows to the same role. Holders that other roles run, or that
 * give no signs, as those of earlier versions, are not found.
 *
 * @param process for example {@code host db1, process 41}
 * @param backend the process of PostgreSQL that serves the lock's connection
 * @param lastSign by the target's clock
 */
public record LockHolder(String table, String process, int backend, Instant lastSign) {
    static final Duration PERIOD = Duration.ofSeconds(10);

    /** A holder that gave no sign for so many periods is silent. */
    private static final int SILENT_PERIODS = 3;

    private static final Pattern SIGN = Pattern.compile("/\\* postgres-loader: (host \\S+, process \\d+) \\*/");

    private static final String SILENT = "SELECT s.table_name, a.pid, a.query, a.state_change FROM pg_stat_activity a"
            + " JOIN pg_locks l ON l.pid = a.pid"
            + " JOIN %s s ON (l.classid::bigint << 32 | l.objid::bigint) IN"
            + " (hashtextextended(? || s.table_name, 0), hashtextextended(? || s.table_name, 0))"
            + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database()"
            + " AND l.database = a.datid AND a.state = 'idle'"
            + " AND a.state_change < clock_timestamp() - make_interval(secs => ?)"
            + " ORDER BY s.table_name";

    /** A comment by which a statement on the lock's connection is a sign of this process. */
    static String sign() {
        return " /* postgres-loader: " + ThisProcess.text() + " */";
    }

    /** The silent holders of all tables that have a tracking row. */
    public static List<LockHolder> silent(Warehouse warehouse) {
        return silent(warehouse, PERIOD.multipliedBy(SILENT_PERIODS));
    }

    /** @param silence how long a silent holder has given no sign */
    static List<LockHolder> silent(Warehouse warehouse, Duration silence) {
        return warehouse
                .jdbc()
                .sql(SILENT.formatted(warehouse.table("etl_load_status")))
                .params(
                        LoadLock.LOADS + warehouse.schema() + ".",
                        LoadLock.ADOPTS + warehouse.schema() + ".",
                        silence.toMillis() / 1000.0)
                .query((row, number) -> holder(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The silent holder of one table; empty: nobody holds it, or the holder gives signs. */
    public static Optional<LockHolder> silent(Warehouse warehouse, String table) {
        return silent(warehouse).stream()
                .filter(holder -> holder.table.equals(table))
                .findFirst();
    }

    private static Optional<LockHolder> holder(ResultSet row) throws SQLException {
        Matcher sign = SIGN.matcher(row.getString("query"));
        return sign.find()
                ? Optional.of(new LockHolder(
                        row.getString("table_name"),
                        sign.group(1),
                        row.getInt("pid"),
                        row.getObject("state_change", OffsetDateTime.class).toInstant()))
                : Optional.empty();
    }

    /** As a clause, with what to do. */
    @Override
    public String toString() {
        return "the process that holds the table (" + process + ") has given no sign since "
                + lastSign.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")
                + " UTC: continue it (kill -CONT)"
                + " or end it, or release the table with: SELECT pg_terminate_backend(" + backend + ")";
    }
}
