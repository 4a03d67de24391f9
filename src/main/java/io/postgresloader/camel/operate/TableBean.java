package io.postgresloader.camel.operate;

import io.postgresloader.camel.PausedTables;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.TableHealthMonitor;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedResource;

/**
 * The MBean {@code io.postgresloader:type=Table,name=…}: the state of a table, at most ten seconds old. Texts are empty and
 * numbers are -1 where there is no value, or while the target does not answer.
 */
@ManagedResource(description = "State of a table")
public final class TableBean {
    private final String table;
    private final PausedTables paused;
    private final TableHealthMonitor monitor;

    public TableBean(String table, PausedTables paused, TableHealthMonitor monitor) {
        this.table = table;
        this.paused = paused;
        this.monitor = monitor;
    }

    @ManagedAttribute(description = "Whether an operator paused the table")
    public boolean isPaused() {
        return paused.contains(table);
    }

    @ManagedAttribute(description = "pending, running, interrupted, paused, success or failed")
    public String getState() {
        return health().map(health -> health.line().state()).orElse("");
    }

    @ManagedAttribute(description = "What needs attention, e.g. failed, overdue, dead letters; none: nothing does")
    public String getConcern() {
        return health().map(health -> health.severity().word()).orElse("");
    }

    @ManagedAttribute(description = "Why the last load failed; empty: it did not")
    public String getLastError() {
        return health().flatMap(TableHealth::lastError).orElse("");
    }

    @ManagedAttribute(description = "Time up to which the table is complete, ISO 8601 in UTC")
    public String getCompleteUpTo() {
        return text(health().flatMap(health -> health.line().loadedUpTo()));
    }

    @ManagedAttribute(description = "Seconds since the table was complete")
    public long getAgeSeconds() {
        return seconds(health().flatMap(TableHealth::age));
    }

    @ManagedAttribute(
            description =
                    "Seconds between the newest change in the source and the time up to which the table is complete")
    public long getLagSeconds() {
        return seconds(health().flatMap(TableHealth::lag));
    }

    @ManagedAttribute(description = "Seconds since the newest change was made that is loaded for certain")
    public long getNewestChangeSeconds() {
        return seconds(health().flatMap(TableHealth::newestChange));
    }

    @ManagedAttribute(description = "Seconds that a change that is not loaded yet can have waited")
    public long getWaitingAtMostSeconds() {
        return seconds(health().flatMap(TableHealth::waiting));
    }

    @ManagedAttribute(description = "Type of the last load")
    public String getLoadType() {
        return text(health().flatMap(health -> health.line().type()));
    }

    @ManagedAttribute(description = "Rows that the last load pulled")
    public long getRows() {
        return health().map(health -> health.line().rows()).orElse(-1L);
    }

    @ManagedAttribute(description = "Open dead letters: rows, or loads")
    public long getDeadLetters() {
        return health().map(health -> health.line().openDeadLetters()).orElse(-1L);
    }

    @ManagedAttribute(description = "Time of the last comparison with the source, ISO 8601 in UTC")
    public String getVerifiedAt() {
        return text(health().flatMap(health -> health.line().verified()));
    }

    @ManagedAttribute(description = "equal, repaired, different, braked or failed")
    public String getVerifyResult() {
        return text(health().flatMap(health -> health.line().verifyResult()));
    }

    private Optional<TableHealth> health() {
        return monitor.of(table);
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static long seconds(Optional<Duration> duration) {
        return duration.map(Duration::toSeconds).orElse(-1L);
    }
}
