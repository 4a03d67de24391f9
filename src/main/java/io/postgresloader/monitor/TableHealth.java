package io.postgresloader.monitor;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of a table and how severe it is.
 *
 * @param line the table's tracking row
 * @param age how long ago the table was complete; empty: never
 * @param lag how far the newest change in the source is ahead of what is loaded; empty: the source does not report it
 * @param newestChange how long ago the newest change was made that is loaded for certain, at least; empty: the source
 *     does not report it
 * @param overdue whether the table was complete too long ago; independent of the severity
 */
public record TableHealth(
        StatusReport.Line line,
        Optional<Duration> age,
        Optional<Duration> lag,
        Optional<Duration> newestChange,
        boolean overdue,
        Severity severity) {
    /** Results of a comparison that left, or may have left, rows that differ. */
    private static final Set<String> DIFFERS = Set.of("braked", "failed", "different");

    /** A table is overdue after so many periods of its schedule without a success. */
    private static final int OVERDUE_PERIODS = 3;

    private static final String UNTRACKED = "no tracking row";

    /**
     * The most severe first; among tables of the same severity the one whose changes wait longest.
     *
     * @param catalog the table list; empty: it cannot be read, and no table counts as overdue or not configured
     * @param source the state of tables in the source; no entries when the source does not answer
     */
    public static List<TableHealth> of(
            List<StatusReport.Line> lines, Optional<Catalog> catalog, Map<String, SourceState> source) {
        List<StatusReport.Line> all = new ArrayList<>(lines);
        catalog.ifPresent(list -> all.addAll(untracked(lines, list)));
        return all.stream()
                .map(line -> of(line, catalog, Optional.ofNullable(source.get(line.table()))))
                .sorted(Comparator.comparing(TableHealth::severity)
                        .thenComparing(table -> table.waiting().orElse(Duration.ZERO), Comparator.reverseOrder())
                        .thenComparing(table -> table.line.table()))
                .toList();
    }

    /**
     * How long a change of the source that is not loaded yet has waited at most: zero if the source reports no change
     * since the time up to which the table is complete, otherwise the time since then; empty: never loaded.
     */
    public Optional<Duration> waiting() {
        return lag.filter(Duration::isZero).or(() -> age);
    }

    /** Of a later change it is not known whether it is loaded. */
    private static Optional<Duration> newestChange(StatusReport.Line line, Optional<SourceState> source) {
        return source.flatMap(SourceState::updated)
                .map(changed -> changed.toInstant(ZoneOffset.UTC))
                .flatMap(changed -> line.loadedUpTo().map(upTo -> changed.isAfter(upTo) ? upTo : changed))
                .map(newest -> atLeastZero(Duration.between(newest, line.now())));
    }

    /** Whether the last comparison failed or stopped at the delete limit; rows that it leaves on purpose do not count. */
    public boolean comparisonFailed() {
        return severity == Severity.DIFFERS && !line.verifyResult().orElse("").equals("different");
    }

    /** How long a table with this schedule may be without a success. */
    public static Duration overdueAfter(Duration schedule) {
        return schedule.multipliedBy(OVERDUE_PERIODS);
    }

    /** Why the last load failed, without texts of the driver; empty: it did not fail. */
    public Optional<String> lastError() {
        return severity == Severity.FAILED ? Optional.of(line.message()) : Optional.empty();
    }

    private static TableHealth of(StatusReport.Line line, Optional<Catalog> catalog, Optional<SourceState> source) {
        Optional<Duration> age = line.loadedUpTo().map(time -> atLeastZero(Duration.between(time, line.now())));
        Optional<Duration> lag = source.flatMap(SourceState::updated).flatMap(changed -> line.loadedUpTo()
                .map(time -> atLeastZero(Duration.between(time, changed.toInstant(ZoneOffset.UTC)))));
        Optional<TableOptions> options = catalog.flatMap(list -> list.table(line.table()));
        boolean overdue = age.isPresent()
                && options.filter(o -> age.get().compareTo(overdueAfter(o.load().schedule())) > 0)
                        .isPresent();
        Severity severity = catalog.isPresent() && options.isEmpty()
                ? Severity.NOT_CONFIGURED
                : severityOf(line, age.isPresent(), overdue);
        return new TableHealth(line, age, lag, newestChange(line, source), overdue, severity);
    }

    private static Severity severityOf(StatusReport.Line line, boolean loaded, boolean overdue) {
        if (line.pausedSince().isPresent()) {
            return Severity.PAUSED;
        }
        if (line.state().equals("failed")) {
            return Severity.FAILED;
        }
        if (line.verifyResult().filter(DIFFERS::contains).isPresent()) {
            return Severity.DIFFERS;
        }
        if (line.openDeadLetters() > 0) {
            return Severity.DEAD_LETTERS;
        }
        if (line.state().equals(UNTRACKED)) {
            return Severity.UNTRACKED;
        }
        if (!loaded) {
            return Severity.PENDING;
        }
        return overdue ? Severity.OVERDUE : Severity.NONE;
    }

    private static List<StatusReport.Line> untracked(List<StatusReport.Line> lines, Catalog catalog) {
        Set<String> tracked = lines.stream().map(StatusReport.Line::table).collect(Collectors.toSet());
        return catalog.tables().keySet().stream()
                .filter(table -> !tracked.contains(table))
                .map(table -> new StatusReport.Line(
                        table,
                        UNTRACKED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        "run init, or any load of it",
                        Instant.now()))
                .toList();
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
