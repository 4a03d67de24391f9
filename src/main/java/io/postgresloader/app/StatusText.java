package io.postgresloader.app;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.monitor.Severity;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.tracking.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** The output of {@code status}: one line per table, and the six figures. */
final class StatusText {
    private static final Set<String> NO_DIFFERENCE = Set.of("equal", "repaired");

    private StatusText() {}

    /** The output for a file or a pipe: lines as long as they need to be. */
    static String of(List<TableHealth> tables, Map<String, OptionalDouble> figures, Ansi ansi) {
        TextTable table = new TextTable(
                Stream.of(StatusColumn.values()).map(StatusColumn::heading).toArray(String[]::new));
        rows(tables)
                .forEach(row -> table.addStyled(
                        row.style(),
                        Stream.of(StatusColumn.values()).map(row.cells()::get).toArray(String[]::new)));
        return table.toString(ansi) + System.lineSeparator() + FigureTable.of(figures);
    }

    /** The line of each table. */
    static List<StatusRow> rows(List<TableHealth> tables) {
        return tables.stream().map(StatusText::row).toList();
    }

    private static StatusRow row(TableHealth health) {
        StatusReport.Line line = health.line();
        Map<StatusColumn, String> cells = new EnumMap<>(StatusColumn.class);
        cells.put(StatusColumn.TABLE, line.table());
        cells.put(
                StatusColumn.STATE,
                health.severity() == Severity.NOT_CONFIGURED
                        ? "not configured"
                        : health.severity() == Severity.OVERDUE ? "overdue" : line.state());
        cells.put(StatusColumn.COMPLETE_UP_TO, time(line.loadedUpTo()));
        cells.put(StatusColumn.AGE, brief(health.age()));
        cells.put(StatusColumn.NEWEST_CHANGE, brief(health.newestChange()));
        cells.put(StatusColumn.WAITING, brief(health.waiting()));
        cells.put(StatusColumn.ROWS, number(line.rows()));
        cells.put(StatusColumn.LOAD, line.type().orElse("-"));
        cells.put(StatusColumn.DEAD_LETTERS, number(line.openDeadLetters()));
        cells.put(StatusColumn.COMPARED, time(line.verified()));
        cells.put(StatusColumn.RESULT, result(health));
        cells.put(StatusColumn.REASON, line.message());
        boolean calm = health.severity().compareTo(Severity.PENDING) >= 0;
        return new StatusRow(
                health.severity().style(), calm ? "" : health.severity().word(), cells);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A comparison that was equal but for dead letters is not called equal while they are open. */
    private static String result(TableHealth health) {
        return health.line()
                .verifyResult()
                .map(word -> NO_DIFFERENCE.contains(word)
                        ? DeadLetters.with(word, health.line().openDeadLetters())
                        : word)
                .orElse("-");
    }

    private static String time(Optional<Instant> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""))
                .orElse("never");
    }

    private static String brief(Optional<Duration> duration) {
        return duration.map(StatusText::brief).orElse("-");
    }

    /** The duration in its largest unit only: 45s, 12m, 3h, 9d. */
    static String brief(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
