package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Compares and repairs a table because a user asked for it, and compares the whole table again. */
public final class RequestedRepair {
    private final LoadServices services;
    private final Verifier verifier;
    private final Repair repair;

    /** @param loads carries out one load and returns its result */
    public RequestedRepair(
            LoadServices services, Verifier verifier, ExtraRows extraRows, Function<LoadRequest, LoadResult> loads) {
        this.services = services;
        this.verifier = verifier;
        this.repair = new Repair(verifier, extraRows, loads);
    }

    /**
     * The result of a repair.
     *
     * @param before the first comparison
     * @param after the last comparison; the same as the first when nothing differed or the comparison failed
     * @param written the rows that were written
     * @param leftUndone why something was not repaired, and what to do
     */
    public record Result(Comparison before, Comparison after, RepairCounts written, Optional<String> leftUndone) {}

    /**
     * Repairs a table and records the result.
     *
     * @param forceDeletes whether rows are deleted above the delete limit, and although the source may have lost them
     */
    public Result run(String table, boolean forceDeletes) throws SQLException, InterruptedException {
        Instant start = Instant.now();
        Result result = repair(table, forceDeletes);
        long open = services.deadLetters().open(table);
        services.reconcileRecords()
                .add(Reconciliation.of(result, open)
                        .entry("verify", start, services.cycles().of(table)));
        return result;
    }

    /** More rows may differ than one round can hold. The rounds end when a round has written nothing. */
    private Result repair(String table, boolean forceDeletes) throws SQLException, InterruptedException {
        Findings found = verifier.find(table);
        Comparison before = found.comparison();
        RepairCounts written = RepairCounts.NONE;
        Optional<String> leftUndone = Optional.empty();
        boolean done = before.proven() || before.failure().isPresent();
        while (!done) {
            Repair.Result round = repair.repair(table, found, forceDeletes);
            written = written.plus(round.written());
            leftUndone = round.failure().or(round::overLimit);
            boolean last = found.keys().complete() || !verifier.hasKey(table);
            found = verifier.find(table);
            done = last
                    || round.written().none()
                    || leftUndone.isPresent()
                    || found.comparison().proven()
                    || found.comparison().failure().isPresent();
        }
        return new Result(before, found.comparison(), written, leftUndone);
    }
}
