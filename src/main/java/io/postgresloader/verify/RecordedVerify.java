package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import java.time.Instant;
import java.util.function.Consumer;

/** Compares tables like {@link Verifier}, and records each result. */
public final class RecordedVerify {
    private final Verifier verifier;
    private final LoadServices services;

    public RecordedVerify(Verifier verifier, LoadServices services) {
        this.verifier = verifier;
        this.services = services;
    }

    /** @param found receives each difference */
    public Comparison verify(String table, Consumer<Difference> found) {
        return reconciliation(table, found).found();
    }

    /** Compares a table without a repair. */
    public Reconciliation verify(String table) {
        return reconciliation(table, difference -> {});
    }

    private Reconciliation reconciliation(String table, Consumer<Difference> found) {
        Instant start = Instant.now();
        Comparison comparison = verifier.verify(table, found);
        Reconciliation done =
                Reconciliation.of(comparison, services.deadLetters().open(table));
        services.reconcileRecords()
                .add(done.entry("verify", start, services.cycles().of(table)));
        return done;
    }
}
