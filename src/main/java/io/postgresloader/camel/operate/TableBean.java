package io.postgresloader.camel.operate;

import io.postgresloader.camel.TableTimers;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.TableHealthMonitor;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedResource;

/**
 * The MBean {@code io.postgresloader:type=Table,name=…}: how a table stands, at most ten seconds old. Texts are empty and
 * numbers -1 where there is nothing to tell, or while the target does not answer.
 */
@ManagedResource(description = "How a table stands")
public final class TableBean {
    private final String table;
    private final TableTimers timers;
    private final TableHealthMonitor monitor;

    public TableBean(String table, TableTimers timers, TableHealthMonitor monitor) {
        this.table = table;
        this.timers = timers;
        this.monitor = monitor;
    }

    @ManagedAttribute(description = "Whether an operator paused it")
    public boolean isPaused() {
        return timers.paused().contains(table);
    }

    @ManagedAttribute(description = "pending, running, success or failed")
    public String getState() {
        return health().map(health -> health.line().state()).orElse("");
    }

    @ManagedAttribute(description = "What asks for a person, e.g. failed, overdue, dead letters; none: nothing")
    public String getConcern() {
        return health().map(health -> health.severity().word()).orElse("");
    }

    @ManagedAttribute(description = "Why the last load failed, in the loader's own words; empty: it did not")
    public String getLastError() {
        return health().flatMap(TableHealth::lastError).orElse("");
    }

    @ManagedAttribute(description = "Up to when the table is complete, ISO 8601 in UTC")
    public String getCompleteUpTo() {
        return text(health().flatMap(health -> health.line().loadedUpTo()));
    }

    @ManagedAttribute(description = "Seconds since the table was complete")
    public long getAgeSeconds() {
        return seconds(health().flatMap(TableHealth::age));
    }

    @ManagedAttribute(description = "Seconds that the newest change of the source is ahead of what is loaded")
    public long getLagSeconds() {
        return seconds(health().flatMap(TableHealth::lag));
    }

    @ManagedAttribute(description = "Type of the last load")
    public String getLoadType() {
        return text(health().flatMap(health -> health.line().type()));
    }

    @ManagedAttribute(description = "Rows that the last load pulled")
    public long getRows() {
        return health().map(health -> health.line().rows()).orElse(-1L);
    }

    @ManagedAttribute(description = "Rows, or loads, in quarantine")
    public long getDeadLetters() {
        return health().map(health -> health.line().openDeadLetters()).orElse(-1L);
    }

    @ManagedAttribute(description = "When it was last compared with the source, ISO 8601 in UTC")
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
