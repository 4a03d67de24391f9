package io.postgresloader.load;

import io.postgresloader.model.CheckHistory;
import io.postgresloader.model.CheckHistory.Clocks;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableSighting;
import io.postgresloader.tracking.CheckRecords;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Follows the checks and repairs of source tables without transactions. Each load looks at its table: the shorter the
 * time between two sightings, the fewer deletes of the source are taken for rows that a repair has lost.
 */
public final class TableChecks {
    private final CheckRecords records;
    private final Map<String, TableSighting> stored = new ConcurrentHashMap<>();

    public TableChecks(LoadServices services) {
        this.records = new CheckRecords(services.warehouse());
    }

    /**
     * Takes note of a table's state. If nothing changed since the last time, this costs no query.
     *
     * @param clock the source's clock in UTC when the state was read
     * @param empty whether the target has no rows of the table yet; only asked when the table is seen for the first time
     */
    public void see(String table, Optional<SourceState> state, LocalDateTime clock, BooleanSupplier empty) {
        state.flatMap(SourceState::sighting)
                .filter(sighting -> !sighting.equals(stored.get(table)))
                .ifPresent(sighting -> history(table, sighting, clock, empty));
    }

    /**
     * Those of the tables of which a sighting says nothing new, so that {@link #see} would store nothing. Costs one query at
     * most.
     *
     * @param sightings what the source says now; none of a table without sightings, which is never in the answer
     */
    public Set<String> seenBefore(Map<String, TableSighting> sightings) {
        List<String> others = sightings.keySet().stream()
                .filter(table -> !sightings.get(table).equals(stored.get(table)))
                .toList();
        if (!others.isEmpty()) {
            records.of(others).forEach((table, history) -> {
                if (history.last().equals(sightings.get(table))) {
                    stored.put(table, history.last());
                }
            });
        }
        return sightings.keySet().stream()
                .filter(table -> sightings.get(table).equals(stored.get(table)))
                .collect(Collectors.toSet());
    }

    /** The history of a table, this sighting included. */
    CheckHistory history(String table, TableSighting sighting, LocalDateTime clock, BooleanSupplier empty) {
        Clocks clocks = new Clocks(clock, Instant.now());
        Optional<CheckHistory> before = records.of(table);
        CheckHistory history = before.map(known -> known.then(sighting, clocks))
                .orElseGet(() -> empty.getAsBoolean()
                        ? CheckHistory.ofNewTable(sighting)
                        : CheckHistory.ofFilledTable(sighting, clocks));
        if (!before.equals(Optional.of(history))) {
            records.store(table, history);
        }
        stored.put(table, sighting);
        return history;
    }
}
