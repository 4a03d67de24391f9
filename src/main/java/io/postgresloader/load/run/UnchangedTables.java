package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.TableChecks;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.plan.LoadPlanner;
import io.postgresloader.load.plan.SourceSnapshot;
import io.postgresloader.load.plan.SourceSnapshots;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.TableSighting;
import io.postgresloader.tracking.SettledTables;
import io.postgresloader.tracking.SettledTables.Settled;
import io.postgresloader.tracking.TableState.Seen;
import io.postgresloader.tracking.TargetStates;
import io.postgresloader.tracking.TargetStates.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds out of many requested loads those that have nothing to read, with a few statements for all. A load is among them
 * only if, on its own, it would find its table unchanged ({@link LoadPlanner#unchanged}) and would have nothing else to do.
 * What one of these loads does besides, such as to wait for another load or to close a dead letter, is left to it.
 */
public final class UnchangedTables {
    private final LoadServices services;
    private final TableChecks checks;
    private final SourceSnapshots snapshots;
    private final SettledTables settledTables;
    private final TargetStates targetStates;

    /** @param checks those that the loads use, too */
    public UnchangedTables(LoadServices services, TableChecks checks) {
        this.services = services;
        this.checks = checks;
        this.snapshots = new SourceSnapshots(services);
        this.settledTables = new SettledTables(services.warehouse());
        this.targetStates = new TargetStates(services.warehouse());
    }

    /** The loads that have nothing to read. */
    public UnchangedLoads find(List<LoadRequest> requests) {
        Instant started = Instant.now();
        Map<String, LoadRequest> asked = dueOnce(requests);
        // For one table, a load of its own takes no more statements.
        Map<String, Settled> settled = asked.size() < 2 ? Map.of() : settledTables.among(asked.keySet());
        if (settled.isEmpty()) {
            return new UnchangedLoads(List.of());
        }
        SourceSnapshot snapshot = snapshots.ofAll();
        Map<String, LoadPlan.Unchanged> plans = new LinkedHashMap<>();
        asked.keySet().stream().filter(settled::containsKey).forEach(table -> plan(
                        asked.get(table), settled.get(table), snapshot)
                .ifPresent(plan -> plans.put(table, plan)));
        keepAsRecorded(plans);
        keepSeenBefore(plans, snapshot);
        return loads(plans, settled, started);
    }

    /** Of a table that is requested in several ways, no load is left out. */
    private static Map<String, LoadRequest> dueOnce(List<LoadRequest> requests) {
        Map<String, LoadRequest> asked = new LinkedHashMap<>();
        requests.stream()
                .filter(request -> request.kind() == LoadRequest.Kind.DUE)
                .forEach(request -> asked.put(request.table(), request));
        requests.stream()
                .filter(request -> !request.equals(asked.get(request.table())))
                .forEach(request -> asked.remove(request.table()));
        return asked;
    }

    private Optional<LoadPlan.Unchanged> plan(LoadRequest request, Settled settled, SourceSnapshot snapshot) {
        if (settled.state().readers().ahead(snapshot.reading().clock())) {
            // A load of its own takes back what the table claims.
            return Optional.empty();
        }
        return options(request.table())
                .flatMap(options -> LoadPlanner.unchanged(request, options, settled.state(), snapshot));
    }

    private Optional<TableOptions> options(String table) {
        return services.catalog().get().table(table);
    }

    /** Another program may have emptied or rewritten a table of the target. */
    private void keepAsRecorded(Map<String, LoadPlan.Unchanged> plans) {
        if (!plans.isEmpty()) {
            Map<String, Change> changes = targetStates.changes(plans.keySet());
            plans.keySet().removeIf(table -> changes.get(table) != Change.NONE);
        }
    }

    /** A table may have been checked or repaired in the source, which its load takes note of. */
    private void keepSeenBefore(Map<String, LoadPlan.Unchanged> plans, SourceSnapshot snapshot) {
        Map<String, TableSighting> sightings = new HashMap<>();
        plans.keySet().forEach(table -> snapshot.table(table)
                .flatMap(SourceState::sighting)
                .ifPresent(sighting -> sightings.put(table, sighting)));
        Set<String> seen = checks.seenBefore(sightings);
        plans.keySet().removeIf(table -> sightings.containsKey(table) && !seen.contains(table));
    }

    private UnchangedLoads loads(Map<String, LoadPlan.Unchanged> plans, Map<String, Settled> settled, Instant started) {
        Instant finished = Instant.now();
        double seconds = Duration.between(started, finished).toMillis() / 1000.0 / Math.max(1, plans.size());
        return new UnchangedLoads(plans.entrySet().stream()
                .map(plan -> load(
                        plan.getKey(),
                        settled.get(plan.getKey()).version(),
                        plan.getValue(),
                        new Time(started, finished, seconds)))
                .toList());
    }

    private record Time(Instant started, Instant finished, double seconds) {}

    private UnchangedLoads.Load load(String table, String version, LoadPlan.Unchanged plan, Time time) {
        Seen seen = plan.seen().orElseThrow();
        Collection<String> notes = plan.notes();
        return new UnchangedLoads.Load(
                table,
                version,
                UUID.randomUUID().toString(),
                plan.reason(),
                plan.scope().horizon().utc(),
                seen.token(),
                seen.settled(),
                options(table).map(known -> known.columns().excluded().size()).orElse(0),
                time.started().atOffset(ZoneOffset.UTC),
                time.finished().atOffset(ZoneOffset.UTC),
                time.seconds(),
                notes.isEmpty() ? null : String.join("; ", notes),
                services.cycles().of(table).orElse(null));
    }
}
