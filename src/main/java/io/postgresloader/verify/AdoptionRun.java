package io.postgresloader.verify;

import io.postgresloader.database.Warehouse;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.Adoption;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.model.progress.WorkProgress;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.LoadLock;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adopts tables that another loader has filled: compares the table with the source and repairs what differs, which takes
 * less time than a full load and proves the table at once. Loads continue from the time at which the comparison began.
 */
public final class AdoptionRun {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptionRun.class);

    private final Warehouse warehouse;
    private final RunningWork running;
    private final Adoption adoption;
    private final CompareAndRepair compareAndRepair;
    private final Function<LoadRequest, LoadResult> loads;

    /** @param loads carries out one load and returns its result */
    public AdoptionRun(
            LoadServices services, Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.warehouse = services.warehouse();
        this.running = services.running();
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
        try (WorkProgress listed = running.begin(request.table(), WorkKind.ADOPTION, WorkPhase.PLANNING)) {
            return adopt(request, listed);
        }
    }

    private Optional<Reconciliation> adopt(LoadRequest request, WorkProgress listed) throws InterruptedException {
        String table = request.table();
        if (loads.apply(LoadRequest.adopt(table).accepting(request.accepted())).outcome()
                != LoadResult.Outcome.SUCCESS) {
            return Optional.empty();
        }
        // The table's row says running until it is compared.
        Optional<LoadLock> shown = shown(table);
        try {
            return Optional.of(compareAndRepair.run(new AdoptedTable(table, adoption)));
        } finally {
            shown.ifPresent(AdoptionRun::release);
        }
    }

    /** The lock is for readers of the status alone: without it, the adoption goes on. */
    private Optional<LoadLock> shown(String table) {
        try {
            return LoadLock.ofAdoption(warehouse, table);
        } catch (SQLException e) {
            LOG.debug("{}: the status shows the adoption as interrupted: {}", table, SqlFailures.of(e));
            return Optional.empty();
        }
    }

    private static void release(LoadLock lock) {
        try {
            lock.close();
        } catch (SQLException e) {
            LOG.debug("The connection of an adoption's lock was lost, and the lock with it");
        }
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
