package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares whole tables when their turn comes, mends what differs, and keeps account. What the next load would bring
 * anyway is loaded before rows count as different.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final LoadServices services;
    private final Verifier verifier;
    private final Repair repair;
    private final Function<LoadRequest, LoadResult> loads;
    private final ReconcileAccount account;

    /** @param loads does one load, and answers when it has ended */
    public Reconciler(
            LoadServices services, Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.services = services;
        this.verifier = verifier;
        this.repair = new Repair(verifier, extraRows, loads);
        this.loads = loads;
        this.account = new ReconcileAccount(services);
    }

    /** The tables whose turn has come, each with the reason. */
    public Map<String, String> due() {
        LocalTime wallClock = services.sourceClock().read().wallClock().toLocalTime();
        Map<String, String> due = new HashMap<>();
        new ReconcileSchedule(services.catalog().get())
                .due(services.reconcileRecords().standings(), Instant.now(), wallClock)
                .forEach(table -> due.put(table.table(), table.reason()));
        return due;
    }

    /**
     * Compares a table, mends it, and records what came of it.
     *
     * @param reason why it is done, in words
     * @throws io.postgresloader.model.LoadFailedException of a harmless kind when it was told to break off; nothing is recorded then
     */
    public Reconciliation reconcile(String table, String reason) throws InterruptedException {
        Instant start = Instant.now();
        Attempt attempt = attempt(table);
        Reconciliation done = new Reconciliation(
                reason,
                attempt.result,
                attempt.found,
                attempt.violations,
                attempt.mended.reloaded(),
                attempt.mended.removed(),
                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                attempt.message);
        account.record("reconcile", done, start);
        if (done.result().calls()) {
            LOG.error("{}: {}", table, done.summary());
        } else {
            LOG.info("{}: {}", table, done.summary());
        }
        return done;
    }

    private record Attempt(
            Reconciliation.Result result,
            Comparison found,
            long violations,
            Repair.Mended mended,
            Optional<String> message) {}

    private Attempt attempt(String table) throws InterruptedException {
        try {
            Optional<String> failure = loadDue(table);
            if (failure.isPresent()) {
                return failed(Comparison.failed(table, failure.get()), Repair.Mended.NOTHING, failure);
            }
            services.reconcileRecords().begin(table);
            DifferentKeys keys = new DifferentKeys();
            Comparison found = verifier.verify(table, keys::add);
            if (found.failure().isPresent()) {
                return failed(found, Repair.Mended.NOTHING, found.failure());
            }
            return found.proven()
                    ? new Attempt(Reconciliation.Result.EQUAL, found, 0, Repair.Mended.NOTHING, Optional.empty())
                    : mend(table, found, keys);
        } catch (SQLException | RuntimeException e) {
            String failure = SqlFailures.toRecord(e).toString();
            return failed(Comparison.failed(table, failure), Repair.Mended.NOTHING, Optional.of(failure));
        }
    }

    private Attempt mend(String table, Comparison found, DifferentKeys keys) throws SQLException, InterruptedException {
        if (!found.complete()) {
            // Rows that changed while the tables were compared are brought by the next load: no fault of any.
            loadDue(table);
        }
        boolean oneByOne = keys.complete() && verifier.hasKey(table);
        DifferentKeys left = new DifferentKeys();
        Comparison still = oneByOne ? verifier.look(table, keys.all(), left::add) : found;
        DifferentKeys toMend = oneByOne ? left : keys;
        long violations = still.missing() + (verifier.loadsShowEdits(table) ? still.different() : 0);
        Repair.Mended mended = repair.mend(table, toMend, still.extra(), false);
        if (mended.failure().isPresent()) {
            return failed(found, mended, mended.failure());
        }
        if (mended.braked().isPresent()) {
            return new Attempt(Reconciliation.Result.BRAKED, found, violations, mended, mended.braked());
        }
        Comparison after = oneByOne && toMend.complete()
                ? verifier.look(table, toMend.all(), difference -> {})
                : verifier.verify(table, difference -> {});
        DeletePolicy deletes =
                services.catalog().get().table(table).orElseThrow().deletes().policy();
        Reconciliation.Result result = Reconciliation.Result.of(after, deletes, mended.reloaded() + mended.removed());
        return new Attempt(result, found, violations, mended, Optional.empty());
    }

    private static Attempt failed(Comparison found, Repair.Mended mended, Optional<String> failure) {
        return new Attempt(Reconciliation.Result.FAILED, found, 0, mended, failure);
    }

    private Optional<String> loadDue(String table) {
        return loads.apply(new LoadRequest(table, LoadRequest.Kind.DUE, true))
                .failure()
                .map(Object::toString);
    }
}
