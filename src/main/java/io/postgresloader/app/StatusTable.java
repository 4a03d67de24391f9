package io.postgresloader.app;

import io.postgresloader.tracking.StatusReport;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What {@code status} prints. */
final class StatusTable {
    private StatusTable() {}

    static String of(List<StatusReport.Line> lines) {
        TextTable table = new TextTable(
                "table",
                "status",
                "loaded up to (UTC)",
                ">rows",
                "load",
                ">dead letters",
                "compared (UTC)",
                "result",
                "reason");
        for (StatusReport.Line line : lines) {
            table.add(
                    line.table(),
                    line.status(),
                    time(line.lastLoaded()),
                    String.valueOf(line.rows()),
                    line.type().orElse("-"),
                    String.valueOf(line.openDeadLetters()),
                    time(line.verified()),
                    line.verifyResult().orElse("-"),
                    line.message());
        }
        return table.toString();
    }

    private static String time(Optional<LocalDateTime> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
    }
}
