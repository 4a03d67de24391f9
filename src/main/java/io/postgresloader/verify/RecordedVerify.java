package io.postgresloader.verify;

import java.time.Instant;
import java.util.function.Consumer;

/** Compares tables, as {@link Verifier} does, and keeps account of what was found. */
public final class RecordedVerify {
    private final Verifier verifier;
    private final ReconcileAccount account;

    public RecordedVerify(Verifier verifier, ReconcileAccount account) {
        this.verifier = verifier;
        this.account = account;
    }

    /** @param found is told each difference */
    public Comparison verify(String table, Consumer<Difference> found) {
        Instant start = Instant.now();
        Comparison comparison = verifier.verify(table, found);
        account.record("verify", Reconciliation.of(comparison), start);
        return comparison;
    }
}
