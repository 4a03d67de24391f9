package io.postgresloader.verify;

import io.postgresloader.load.Adoption;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over a table that another loader has filled: compares it with the source and mends what differs, which is sooner
 * done than loading it, and proves it at once. Loads go on from the moment at which the comparison began.
 */
public final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
    private static final String REASON = "taken over from another loader";

    private final LoadServices services;
    private final Adoption adoption;
    private final Verifier verifier;
    private final Repair repair;
    private final Function<LoadRequest, LoadResult> loads;
    private final ReconcileAccount account;

    /** @param loads does one load, and answers when it has ended */
    public TakeOver(
            LoadServices services, Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.services = services;
        this.adoption = new Adoption(services);
        this.verifier = verifier;
        this.repair = new Repair(verifier, extraRows, loads);
        this.loads = loads;
        this.account = new ReconcileAccount(services);
    }

    /** Whether the table is to be taken over before it is loaded. */
    public boolean due(String table) {
        return adoption.due(table);
    }

    /**
     * Takes the table over, and records what came of it. What fails leaves the table to a full load.
     *
     * @throws io.postgresloader.model.LoadFailedException of a harmless kind when it was told to break off
     * @return empty when the table cannot even be made ready: the load that follows will tell
     */
    public Optional<Reconciliation> run(String table) throws InterruptedException {
        Instant start = Instant.now();
        if (loads.apply(LoadRequest.adopt(table)).outcome() != LoadResult.Outcome.SUCCESS) {
            return Optional.empty();
        }
        Outcome outcome = attempt(table);
        Reconciliation done = new Reconciliation(
                REASON,
                outcome.result,
                outcome.found,
                0,
                outcome.mended.reloaded(),
                outcome.mended.removed(),
                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                outcome.message);
        account.record("adopt", done, start);
        if (done.result().calls()) {
            LOG.error("{}: {}", table, done.summary());
        } else {
            LOG.info("{}: {}", table, done.summary());
        }
        return Optional.of(done);
    }

    private record Outcome(
            Reconciliation.Result result, Comparison found, Repair.Mended mended, Optional<String> message) {}

    private Outcome attempt(String table) throws InterruptedException {
        try {
            DifferentKeys keys = new DifferentKeys();
            Comparison found = verifier.verify(table, keys::add);
            return found.failure().isPresent() ? failed(table, found.failure().get()) : mend(table, found, keys);
        } catch (SQLException | RuntimeException e) {
            return failed(table, SqlFailures.toRecord(e).toString());
        }
    }

    private Outcome mend(String table, Comparison found, DifferentKeys keys) throws SQLException, InterruptedException {
        Repair.Mended mended = found.proven() ? Repair.Mended.NOTHING : repair.mend(table, keys, found.extra(), false);
        if (mended.failure().isPresent()) {
            return new Outcome(Reconciliation.Result.FAILED, found, mended, mended.failure());
        }
        Comparison after = found.proven() ? found : compareAgain(table, keys);
        if (after.complete()) {
            adoption.proven(table);
        }
        if (mended.braked().isPresent()) {
            return new Outcome(Reconciliation.Result.BRAKED, found, mended, mended.braked());
        }
        DeletePolicy deletes =
                services.catalog().get().table(table).orElseThrow().deletes().policy();
        Reconciliation.Result result = Reconciliation.Result.of(after, deletes, mended.reloaded() + mended.removed());
        return new Outcome(result, found, mended, after.failure());
    }

    private Comparison compareAgain(String table, DifferentKeys keys) {
        return keys.complete()
                ? verifier.look(table, keys.all(), difference -> {})
                : verifier.verify(table, difference -> {});
    }

    private static Outcome failed(String table, String failure) {
        return new Outcome(
                Reconciliation.Result.FAILED,
                Comparison.failed(table, failure),
                Repair.Mended.NOTHING,
                Optional.of(failure));
    }
}
