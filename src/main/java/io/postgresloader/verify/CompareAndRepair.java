package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Compares a whole table with the source, repairs what differs, compares the repaired rows again, and records and logs
 * the result.
 */
final class CompareAndRepair {
    private static final Logger LOG = LoggerFactory.getLogger(CompareAndRepair.class);

    private final LoadServices services;
    private final Verifier verifier;
    private final Repair repair;

    CompareAndRepair(LoadServices services, Verifier verifier, Repair repair) {
        this.services = services;
        this.verifier = verifier;
        this.repair = repair;
    }

    /**
     * @return the result; a failure is a result as well
     * @throws LoadFailedException of a harmless kind when the comparison was stopped; nothing is recorded then
     */
    Reconciliation run(Occasion occasion) throws InterruptedException {
        Instant start = Instant.now();
        Outcome outcome = outcome(occasion);
        Reconciliation done = new Reconciliation(
                occasion.reason(),
                outcome.result,
                outcome.found,
                outcome.last,
                services.deadLetters().open(occasion.table()),
                outcome.violations,
                outcome.written,
                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                outcome.message);
        services.reconcileRecords()
                .add(done.entry(occasion.type(), start, services.cycles().of(occasion.table())));
        LOG.atLevel(done.result().needsAttention() ? Level.ERROR : Level.INFO)
                .log("{}: {}", occasion.table(), done.summary());
        return done;
    }

    private record Outcome(
            Reconciliation.Result result,
            Comparison found,
            Comparison last,
            long violations,
            RepairCounts written,
            Optional<String> message) {
        static Outcome failed(Comparison found, RepairCounts written, Optional<String> failure) {
            return new Outcome(Reconciliation.Result.FAILED, found, found, 0, written, failure);
        }
    }

    private Outcome outcome(Occasion occasion) throws InterruptedException {
        try {
            Optional<String> failure = occasion.prepare();
            return failure.isPresent() ? failed(occasion, failure.get()) : compare(occasion);
        } catch (SQLException | RuntimeException e) {
            return failed(occasion, SqlFailures.toRecord(e).toString());
        }
    }

    private static Outcome failed(Occasion occasion, String failure) {
        return Outcome.failed(Comparison.failed(occasion.table(), failure), RepairCounts.NONE, Optional.of(failure));
    }

    private Outcome compare(Occasion occasion) throws SQLException, InterruptedException {
        Findings findings = verifier.find(occasion.table());
        Comparison found = findings.comparison();
        if (found.failure().isPresent()) {
            return Outcome.failed(found, RepairCounts.NONE, found.failure());
        }
        if (found.proven()) {
            occasion.compared(found);
            return new Outcome(Reconciliation.Result.EQUAL, found, found, 0, RepairCounts.NONE, Optional.empty());
        }
        return repair(occasion, found, occasion.confirm(findings));
    }

    private Outcome repair(Occasion occasion, Comparison found, Findings confirmed)
            throws SQLException, InterruptedException {
        long violations = occasion.violations(confirmed.comparison());
        Repair.Result repaired = repair.repair(occasion.table(), confirmed, false);
        if (repaired.failure().isPresent()) {
            return Outcome.failed(found, repaired.written(), repaired.failure());
        }
        Comparison last = verifier.compareAgain(occasion.table(), confirmed);
        occasion.compared(last);
        DeletePolicy deletes = services.catalog()
                .get()
                .table(occasion.table())
                .orElseThrow()
                .deletes()
                .policy();
        Reconciliation.Result result = repaired.overLimit().isPresent()
                ? Reconciliation.Result.BRAKED
                : Reconciliation.Result.of(last, deletes, repaired.written());
        return new Outcome(
                result,
                found,
                last,
                violations,
                repaired.written(),
                repaired.overLimit().or(last::failure));
    }
}
