package io.postgresloader.verify;

import io.postgresloader.tracking.ReconcileRecords;
import java.time.Instant;
import java.util.function.Consumer;

/** Compares tables like {@link Verifier}, and records each result. */
public final class RecordedVerify {
    private final Verifier verifier;
    private final ReconcileRecords records;

    public RecordedVerify(Verifier verifier, ReconcileRecords records) {
        this.verifier = verifier;
        this.records = records;
    }

    /** @param found receives each difference */
    public Comparison verify(String table, Consumer<Difference> found) {
        Instant start = Instant.now();
        Comparison comparison = verifier.verify(table, found);
        records.add(Reconciliation.of(comparison).entry("verify", start));
        return comparison;
    }
}
