package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code etl_loader}: the processes of the command {@code run}. All times are by the target's clock. */
public final class LoaderRecords {
    /** A loader that wrote nothing for so many periods is not seen any more. */
    private static final int SILENT_PERIODS = 3;

    private static final String RUNS =
            "ended_at IS NULL AND last_beat >= now() - make_interval(secs => " + SILENT_PERIODS + " * period_seconds)";

    private final JdbcClient target;
    private final String table;

    public LoaderRecords(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_loader");
    }

    /**
     * Which process a row is about.
     *
     * @param id unique to the process
     * @param host the name of its machine
     * @param processId its number on that machine
     * @param version of the loader
     */
    public record Process(String id, String host, long processId, String version) {}

    /** What is known of a loader. */
    public enum State {
        /** Its last beat is recent. */
        RUNNING,
        /** It was not stopped, and its last beat is old: it was killed, or it does not reach the target. */
        NOT_SEEN,
        /** It was stopped by a signal. */
        STOPPED
    }

    /**
     * A loader that runs, or the last one that did.
     *
     * @param started when it started
     * @param lastBeat when it was last seen
     * @param ended when it was stopped; empty: it was not
     */
    public record Loader(Process process, Instant started, Instant lastBeat, Optional<Instant> ended, State state) {}

    /** Deletes the rows of loaders that ended or are not seen any more; the one that starts now replaces them. */
    public void removeEnded() {
        target.sql("DELETE FROM " + table + " WHERE NOT (" + RUNS + ")").update();
    }

    /**
     * Says that the process runs.
     *
     * @param uptime how long it has run
     * @param period the time between two beats
     */
    public void beat(Process process, Duration uptime, Duration period) {
        target.sql("INSERT INTO " + table + " (id, host, process_id, version, period_seconds, started_at)"
                        + " VALUES (:id, :host, :processId, :version, :period, now() - make_interval(secs => :uptime))"
                        + " ON CONFLICT (id) DO UPDATE SET last_beat = now()")
                .param("id", process.id())
                .param("host", process.host())
                .param("processId", process.processId())
                .param("version", process.version())
                .param("period", period.toSeconds())
                .param("uptime", uptime.toMillis() / 1000.0)
                .update();
    }

    /** Says that the process was stopped. */
    public void end(Process process) {
        target.sql("UPDATE " + table + " SET ended_at = now() WHERE id = ?")
                .param(process.id())
                .update();
    }

    /**
     * The loaders that run, the oldest first, and those that are not seen any more. When none runs, also those that
     * stopped since the last start; when none has run, the list is empty.
     */
    public List<Loader> read() {
        List<Loader> all = target.sql("SELECT id, host, process_id, version, started_at, last_beat, ended_at, " + RUNS
                        + " AS runs FROM " + table + " ORDER BY started_at, id")
                .query(LoaderRecords::loader)
                .list();
        boolean runs = all.stream().anyMatch(loader -> loader.state == State.RUNNING);
        return all.stream()
                .filter(loader -> !(runs && loader.state == State.STOPPED))
                .toList();
    }

    private static Loader loader(ResultSet row, int rowNumber) throws SQLException {
        Optional<Instant> ended = Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
        return new Loader(
                new Process(
                        row.getString("id"),
                        row.getString("host"),
                        row.getLong("process_id"),
                        row.getString("version")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_beat", OffsetDateTime.class).toInstant(),
                ended,
                row.getBoolean("runs") ? State.RUNNING : ended.isPresent() ? State.STOPPED : State.NOT_SEEN);
    }
}
