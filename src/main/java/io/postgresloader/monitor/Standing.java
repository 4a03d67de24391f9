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
 * How a table stands, and what that means.
 *
 * @param line what its tracking row says
 * @param age how long ago it was complete; empty: it never was
 * @param lag how far the newest change of the source is ahead of what is loaded; empty: the source does not tell
 * @param overdue whether it was complete too long ago, whatever else concerns it
 */
public record Standing(
        StatusReport.Line line, Optional<Duration> age, Optional<Duration> lag, boolean overdue, Concern concern) {
    /** Results of a comparison that somebody should look at. */
    private static final Set<String> DIFFERS = Set.of("braked", "failed", "different");

    /** So many periods of its schedule may a table be without a success. */
    private static final int OVERDUE_PERIODS = 3;

    private static final String UNTRACKED = "no tracking row";

    /**
     * The worst first; of those without a concern the one with the greatest lag.
     *
     * @param catalog the table list; empty: it cannot be read, and no table is held against it
     * @param source what the source says of its tables; none where it cannot be asked
     */
    public static List<Standing> of(
            List<StatusReport.Line> lines, Optional<Catalog> catalog, Map<String, SourceState> source) {
        List<StatusReport.Line> all = new ArrayList<>(lines);
        catalog.ifPresent(list -> all.addAll(untracked(lines, list)));
        return all.stream()
                .map(line -> of(line, catalog, Optional.ofNullable(source.get(line.table()))))
                .sorted(Comparator.comparing(Standing::concern)
                        .thenComparing(standing -> standing.lag.orElse(Duration.ZERO), Comparator.reverseOrder())
                        .thenComparing(standing -> standing.line.table()))
                .toList();
    }

    /** Whether the exit code is to tell of it. */
    public boolean calls() {
        return concern == Concern.FAILED
                || concern == Concern.DIFFERS && !line.verifyResult().orElse("").equals("different");
    }

    /** How long a table with this time between two loads may be without a success. */
    public static Duration patience(Duration schedule) {
        return schedule.multipliedBy(OVERDUE_PERIODS);
    }

    /** Why its last load failed, in our own words; empty: it did not. */
    public Optional<String> lastError() {
        return concern == Concern.FAILED ? Optional.of(line.message()) : Optional.empty();
    }

    private static Standing of(StatusReport.Line line, Optional<Catalog> catalog, Optional<SourceState> source) {
        Optional<Duration> age = line.loadedUpTo().map(time -> atLeastZero(Duration.between(time, line.now())));
        Optional<Duration> lag = source.flatMap(SourceState::updated).flatMap(changed -> line.loadedUpTo()
                .map(time -> atLeastZero(Duration.between(time, changed.toInstant(ZoneOffset.UTC)))));
        Optional<TableOptions> options = catalog.flatMap(list -> list.table(line.table()));
        boolean overdue = age.isPresent()
                && options.filter(o -> age.get().compareTo(patience(o.load().schedule())) > 0)
                        .isPresent();
        Concern concern = catalog.isPresent() && options.isEmpty()
                ? Concern.NOT_CONFIGURED
                : judge(line, age.isPresent(), overdue);
        return new Standing(line, age, lag, overdue, concern);
    }

    private static Concern judge(StatusReport.Line line, boolean loaded, boolean overdue) {
        if (line.state().equals("failed")) {
            return Concern.FAILED;
        }
        if (line.verifyResult().filter(DIFFERS::contains).isPresent()) {
            return Concern.DIFFERS;
        }
        if (line.openDeadLetters() > 0) {
            return Concern.DEAD_LETTERS;
        }
        if (line.state().equals(UNTRACKED)) {
            return Concern.UNTRACKED;
        }
        if (!loaded) {
            return Concern.PENDING;
        }
        return overdue ? Concern.OVERDUE : Concern.NONE;
    }

    private static List<StatusReport.Line> untracked(List<StatusReport.Line> lines, Catalog catalog) {
        Set<String> tracked = lines.stream().map(StatusReport.Line::table).collect(Collectors.toSet());
        return catalog.tables().keySet().stream()
                .filter(table -> !tracked.contains(table))
                .map(table -> new StatusReport.Line(
                        table,
                        UNTRACKED,
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
