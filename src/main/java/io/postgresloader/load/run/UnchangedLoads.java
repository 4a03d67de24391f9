package io.postgresloader.load.run;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import io.postgresloader.tracking.Json;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The loads of tables that the source has not changed, found together. The statement of the route {@code
 * record-unchanged} reads them as JSON, and records those whose tables are still as they were found.
 */
public record UnchangedLoads(List<Load> loads) {
    public UnchangedLoads {
        loads = List.copyOf(loads);
    }

    /**
     * One load that has nothing to read. The statement names these components.
     *
     * @param version the version of the table's row in {@code etl_load_status} from which this was concluded
     * @param reason why there is nothing to read, as text
     * @param lastLoaded up to when the table is loaded, in UTC
     * @param state the token by which the next load detects that the table is unchanged
     * @param settled whether all changes up to the token were committed before the horizon
     * @param excluded columns that are configured to be left out
     * @param seconds the load's share of the time that it took to find all of them
     * @param notes what an operator should know; null: nothing
     * @param cycle the id of the loads that belong together with it; null: it belongs to none
     */
    public record Load(
            String table,
            String version,
            String id,
            String reason,
            LocalDateTime lastLoaded,
            String state,
            boolean settled,
            int excluded,
            OffsetDateTime started,
            OffsetDateTime finished,
            double seconds,
            String notes,
            String cycle) {
        private LoadResult result() {
            return new LoadResult(
                    table,
                    LoadResult.Outcome.SUCCESS,
                    Optional.of(LoadType.UNCHANGED),
                    reason,
                    Counts.NONE,
                    0,
                    seconds,
                    Optional.empty());
        }
    }

    public String json() {
        return Json.write(loads);
    }

    /**
     * The results of the loads that were recorded; the other tables have changed meanwhile.
     *
     * @param tables the tables of these loads
     */
    public List<LoadResult> results(Set<String> tables) {
        return loads.stream()
                .filter(load -> tables.contains(load.table))
                .map(Load::result)
                .toList();
    }
}
