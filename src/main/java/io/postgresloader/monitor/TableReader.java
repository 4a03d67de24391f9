package io.postgresloader.monitor;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Watermarks;
import io.postgresloader.monitor.TableDocument.DeadLetterGroup;
import io.postgresloader.monitor.TableDocument.Proof;
import io.postgresloader.monitor.TableDocument.Run;
import io.postgresloader.monitor.TableDocument.SchemaChange;
import io.postgresloader.tracking.OpenReasons;
import io.postgresloader.tracking.RunHistory;
import io.postgresloader.tracking.SchemaVersions;
import io.postgresloader.tracking.TableClaims;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what a {@link TableDocument} says of one table in addition to its row. */
public final class TableReader {
    private static final int PROOFS = 20;
    private static final int SCHEMA_VERSIONS = 20;
    private static final int KEYS = 20;

    private final TableClaims claims;
    private final RunHistory history;
    private final OpenReasons reasons;
    private final SchemaVersions versions;
    private final boolean keys;

    /** @param keys whether keys of dead letters are shown */
    public TableReader(Warehouse warehouse, boolean keys) {
        claims = new TableClaims(warehouse);
        history = new RunHistory(warehouse);
        reasons = new OpenReasons(warehouse);
        versions = new SchemaVersions(warehouse);
        this.keys = keys;
    }

    /** What was read of one table. */
    record Details(
            Optional<Watermarks> watermarks,
            List<Run> runs,
            List<DeadLetterGroup> deadLetters,
            List<Proof> proofs,
            List<SchemaChange> versions) {}

    Details read(String table) {
        return new Details(
                claims.watermarks(table),
                history.of(table, TableDocument.RUNS).stream()
                        .map(TableReader::run)
                        .toList(),
                reasons.of(table, keys ? KEYS : 0).stream()
                        .map(TableReader::group)
                        .toList(),
                history.comparisons(table, PROOFS).stream()
                        .map(TableReader::proof)
                        .toList(),
                versions.last(table, SCHEMA_VERSIONS).stream()
                        .map(change ->
                                new SchemaChange(change.number(), change.at(), change.changes(), change.statements()))
                        .toList());
    }

    /** The document of a table. */
    static TableDocument document(StatusDocument all, TableRow row, Details details) {
        return new TableDocument(
                StatusDocument.VERSION,
                all.generatedAt(),
                0,
                Optional.empty(),
                row,
                all.thisLoader().flatMap(loader -> loader.running().stream()
                        .filter(work -> work.table().equals(row.table()))
                        .findFirst()),
                details.watermarks.map(marks -> marks.horizon().toInstant(ZoneOffset.UTC)),
                details.watermarks
                        .<Map<String, LocalDateTime>>map(marks -> new TreeMap<>(marks.cursors()))
                        .orElse(Map.of()),
                details.runs,
                details.deadLetters,
                details.proofs,
                details.versions);
    }

    private static Run run(RunHistory.Run run) {
        return new Run(
                run.id(),
                run.cycle(),
                run.type(),
                run.ended().minus(Duration.ofNanos((long) (run.seconds() * 1e9))),
                run.ended(),
                run.seconds(),
                run.success(),
                run.read(),
                run.inserted(),
                run.updated(),
                run.unchanged(),
                run.deleted(),
                run.deadLettered(),
                run.reason(),
                run.error());
    }

    private static DeadLetterGroup group(OpenReasons.Group group) {
        return new DeadLetterGroup(
                group.reason(),
                group.sqlstate(),
                group.column(),
                group.message(),
                group.open(),
                group.firstSeen(),
                group.lastSeen(),
                group.keys());
    }

    /** A repair may have followed: what is stored is what the comparison found. */
    private static Proof proof(RunHistory.Run run) {
        long missing = run.missing().orElse(0L);
        long different = run.different().orElse(0L);
        long extra = run.extra().orElse(0L);
        boolean equal = missing + different + extra == 0;
        return new Proof(
                run.type().orElse(""),
                run.ended(),
                run.seconds(),
                run.success() ? equal ? "equal" : "different" : "failed",
                run.equal().orElse(0L),
                missing,
                different,
                extra);
    }
}
