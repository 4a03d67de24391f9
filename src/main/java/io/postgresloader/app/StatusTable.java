package io.postgresloader.app;

import io.postgresloader.tracking.StatusReport;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What {@code status} prints. */
final class StatusTable {
    private StatusTable() {}

    static String of(List<StatusReport.Line> lines) {
        TextTable table =
                new TextTable("table", "status", "loaded up to (UTC)", ">rows", "load", ">dead letters", "reason");
        for (StatusReport.Line line : lines) {
            table.add(
                    line.table(),
                    line.status(),
                    line.lastLoaded()
                            .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                            .orElse("never"),
                    String.valueOf(line.rows()),
                    line.type().orElse("-"),
                    String.valueOf(line.openDeadLetters()),
                    line.message());
        }
        return table.toString();
    }
}
