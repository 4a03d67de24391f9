package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.Adoption;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.util.Optional;
import java.util.function.Function;

/**
 * Adopts tables that another loader has filled: compares the table with the source and repairs what differs, which takes
 * less time than a full load and proves the table at once. Loads continue from the time at which the comparison began.
 */
public final class AdoptionRun {
    private final Adoption adoption;
    private final CompareAndRepair compareAndRepair;
    private final Function<LoadRequest, LoadResult> loads;

    /** @param loads carries out one load and returns its result */
    public AdoptionRun(
            LoadServices services, Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.adoption = new Adoption(services);
        this.compareAndRepair = new CompareAndRepair(services, verifier, new Repair(verifier, extraRows, loads));
        this.loads = loads;
    }

    /** Whether the table is to be adopted before its first load. */
    public boolean due(String table) {
        return adoption.due(table);
    }

    /**
     * Adopts the table and records the result. After a failure the next load reads all rows.
     *
     * @param request the load that the adoption precedes
     * @throws io.postgresloader.model.LoadFailedException of a harmless kind when the comparison was stopped
     * @return empty when the table cannot be prepared; the load that follows reports why
     */
    public Optional<Reconciliation> run(LoadRequest request) throws InterruptedException {
        String table = request.table();
        if (loads.apply(LoadRequest.adopt(table).accepting(request.accepted())).outcome()
                != LoadResult.Outcome.SUCCESS) {
            return Optional.empty();
        }
        return Optional.of(compareAndRepair.run(new AdoptedTable(table, adoption)));
    }

    private record AdoptedTable(String table, Adoption adoption) implements Occasion {
        @Override
        public String type() {
            return "adopt";
        }

        @Override
        public String reason() {
            return "adopted from another loader";
        }

        @Override
        public void compared(Comparison last) {
            if (last.complete()) {
                adoption.complete(table);
            }
        }
    }
}
