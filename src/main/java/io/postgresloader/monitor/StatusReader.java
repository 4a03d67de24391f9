package io.postgresloader.monitor;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.SourceState;
import io.postgresloader.monitor.TableRow.RunFigure;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.OpenReasons;
import io.postgresloader.tracking.RunHistory;
import io.postgresloader.tracking.StatusReport;
import io.postgresloader.tracking.TableClaims;
import io.postgresloader.tracking.TableClaims.Claim;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what a {@link StatusDocument} needs from the target, with a few statements for all tables together. */
public final class StatusReader {
    /** Of each table. */
    private static final int RECENT_RUNS = 20;

    private static final int DAYS = UsualDay.DAYS + 1;

    private final StatusReport report;
    private final TableClaims claims;
    private final RunHistory history;
    private final OpenReasons reasons;
    private final LoaderRecords loaders;
    private final Monitoring monitoring;

    /** @param keys whether the reason of a table shows the key of a dead letter */
    public StatusReader(Warehouse warehouse, boolean keys) {
        report = new StatusReport(warehouse, keys);
        claims = new TableClaims(warehouse);
        history = new RunHistory(warehouse);
        reasons = new OpenReasons(warehouse);
        loaders = new LoaderRecords(warehouse);
        monitoring = new Monitoring(warehouse);
    }

    /**
     * What changes from one second to the next.
     *
     * @param lines of all tracked tables
     * @param claims by table
     * @param reasons how many dead letters are open, by reason
     */
    public record Now(
            List<StatusReport.Line> lines,
            Map<String, Claim> claims,
            Map<String, Long> reasons,
            List<LoaderRecords.Loader> loaders) {
        /** The target's clock; empty: no table is tracked. */
        public Optional<Instant> at() {
            return lines.stream().map(StatusReport.Line::now).findFirst();
        }

        /** The health of all tables, the worst first. */
        public List<TableHealth> health(Optional<Catalog> catalog, Map<String, SourceState> source) {
            return TableHealth.of(lines, catalog, source);
        }
    }

    /**
     * What takes longer to read, and changes slowly.
     *
     * @param days by table
     * @param recent by table: the last runs that changed something, the oldest first
     * @param monitoring the columns of {@code etl_monitoring}
     */
    public record Trends(
            Map<String, RunHistory.Days> days,
            Map<String, List<RunFigure>> recent,
            Map<String, OptionalDouble> monitoring) {}

    public Now now() {
        return new Now(report.read(), claims.all(), reasons.all(), loaders.read());
    }

    public Trends trends() {
        Map<String, List<RunFigure>> recent = new HashMap<>();
        history.changed(RECENT_RUNS)
                .forEach((table, runs) -> recent.put(
                        table,
                        RecentRuns.of(runs.stream().map(StatusReader::figure).toList())));
        return new Trends(history.days(DAYS), recent, monitoring.figures());
    }

    private static RunFigure figure(RunHistory.Figure run) {
        return new RunFigure(run.ended(), run.changed(), run.seconds(), run.success());
    }
}
