package io.postgresloader.monitor;

import io.postgresloader.tracking.RunHistory.Days;
import io.postgresloader.tracking.StatusReport;
import io.postgresloader.tracking.TableClaims.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the row of a table from what was read. */
final class TableRows {
    private TableRows() {}

    static TableRow row(String source, TableHealth health, StatusReader.Now now, Optional<StatusReader.Trends> trends) {
        StatusReport.Line line = health.line();
        String table = line.table();
        Claim claim = now.claims().getOrDefault(table, Claim.NONE);
        Optional<Days> days = trends.map(read -> read.days().get(table));
        return new TableRow(
                table,
                source,
                line.state(),
                health.severity().word(),
                Advice.of(health),
                line.message(),
                line.pausedSince(),
                claim.loadedUpTo(),
                claim.completeUpTo(),
                claim.stampedUpTo(),
                claim.lastSuccess(),
                health.age().map(Duration::toSeconds),
                health.lag().map(Duration::toSeconds),
                health.newestChange().map(Duration::toSeconds),
                health.waiting().map(Duration::toSeconds),
                line.rows(),
                claim.rows(),
                line.type(),
                line.openDeadLetters(),
                line.verified(),
                line.verifyResult(),
                claim.proven(),
                days.map(UsualDay::last),
                days.flatMap(UsualDay::of),
                trends.map(read -> read.recent().getOrDefault(table, List.of())).orElse(List.of()));
    }
}
