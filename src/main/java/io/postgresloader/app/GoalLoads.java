package io.postgresloader.app;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.monitor.FreshnessGoal.TableGoal;
import io.postgresloader.verify.Reconciliation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Loads the tables that {@code wait --load} waits for, as {@code once} does, and reconciles those that are loaded and
 * have to be complete. A table is reconciled only when it is loaded up to the time: then the comparison begins late
 * enough, and one comparison is enough even while a transaction of the source holds the horizon back.
 */
final class GoalLoads implements GoalWait.Work, AutoCloseable {
    private static final String REASON = "wait --load";
    private static final long GRACE_MILLIS = 500;

    private final Loader loader;
    private final int workers;
    private final PrintWriter out;
    private final ScheduledExecutorService limit = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "time-limit");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param loader a started loader; it stops after the current chunks when the time is up
     * @param timeout from now on
     */
    GoalLoads(Loader loader, int workers, Duration timeout, PrintWriter out) {
        this.loader = loader;
        this.workers = workers;
        this.out = out;
        // Not before the wait itself sees that its time is up: what the stop ends is then no failure.
        limit.schedule(loader::close, timeout.toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void on(List<TableGoal> due) throws ExecutionException, InterruptedException {
        load(due.stream()
                .filter(table -> !table.needsComparison())
                .map(table -> LoadRequest.dueNow(table.table()))
                .toList());
        reconcile(due.stream()
                .filter(TableGoal::needsComparison)
                .map(TableGoal::table)
                .toList());
        out.flush();
    }

    private void load(List<LoadRequest> requests) throws ExecutionException, InterruptedException {
        if (!requests.isEmpty()) {
            out.print(SummaryTable.of(new LoadsAtOnce(loader, workers).load(requests)));
            out.flush();
        }
    }

    private void reconcile(List<String> tables) {
        List<Reconciliation> done = tables.stream()
                .flatMap(table -> loader.reconcile(table, REASON).stream())
                .toList();
        if (!done.isEmpty()) {
            out.print(ReconcileTable.of(done));
        }
    }

    @Override
    public void close() {
        limit.shutdownNow();
    }
}
