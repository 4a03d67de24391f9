package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares whole tables on schedule and repairs what differs. A row that the next load would bring is loaded first and
 * does not count as different.
 */
public final class Reconciler {
    private final LoadServices services;
    private final Verifier verifier;
    private final CompareAndRepair compareAndRepair;
    private final Function<LoadRequest, LoadResult> loads;

    /** @param loads carries out one load and returns its result */
    public Reconciler(
            LoadServices services, Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.services = services;
        this.verifier = verifier;
        this.compareAndRepair = new CompareAndRepair(services, verifier, new Repair(verifier, extraRows, loads));
        this.loads = loads;
    }

    /** The tables that are due for a comparison, each with the reason. */
    public Map<String, String> due() {
        Map<String, String> due = new HashMap<>();
        new ReconcileSchedule(services.catalog().get())
                .due(services.reconcileRecords().states(), Instant.now(), this::wallClock)
                .forEach(table -> due.put(table.table(), table.reason()));
        return due;
    }

    private LocalTime wallClock() {
        return services.sourceClock().read().wallClock().toLocalTime();
    }

    /**
     * Compares a table, repairs it and records the result.
     *
     * @param reason why it is compared, in words
     * @throws io.postgresloader.model.LoadFailedException of a harmless kind when the comparison was stopped; nothing is recorded then
     */
    public Reconciliation reconcile(String table, String reason) throws InterruptedException {
        return compareAndRepair.run(new LoadedTable(table, reason));
    }

    private final class LoadedTable implements Occasion {
        private final String table;
        private final String reason;

        LoadedTable(String table, String reason) {
            this.table = table;
            this.reason = reason;
        }

        @Override
        public String table() {
            return table;
        }

        @Override
        public String type() {
            return "reconcile";
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public Optional<String> prepare() {
            Optional<String> failure = loadDue();
            if (failure.isEmpty()) {
                services.reconcileRecords().begin(table);
            }
            return failure;
        }

        @Override
        public Findings confirm(Findings found) {
            if (!found.comparison().complete()) {
                // The next load brings the rows that changed during the comparison. They are no violations.
                loadDue();
            }
            return verifier.canCompareKeys(table, found) ? verifier.findAgain(table, found) : found;
        }

        @Override
        public long violations(Comparison confirmed) {
            boolean editsAreLoaded = confirmed.different() > 0 && verifier.loadsShowEdits(table);
            return confirmed.missing() + (editsAreLoaded ? confirmed.different() : 0);
        }

        private Optional<String> loadDue() {
            return loads.apply(new LoadRequest(table, LoadRequest.Kind.DUE, true))
                    .failure()
                    .map(Object::toString);
        }
    }
}
