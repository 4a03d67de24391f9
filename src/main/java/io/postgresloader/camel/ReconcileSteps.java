package io.postgresloader.camel;

import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.verify.Reconciler;
import io.postgresloader.verify.Reconciliation;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Bean {@code reconcile}: which tables are compared with the source now, and how that is done. */
public final class ReconcileSteps {
    /** The header that says why a table is compared. */
    public static final String REASON = "reason";

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSteps.class);

    private final Reconciler reconciler;
    private final LoadGate gate;
    private final Predicate<String> wanted;

    /** @param wanted whether a table is to be compared when its turn comes: an operator may have paused it */
    public ReconcileSteps(Reconciler reconciler, LoadGate gate, Predicate<String> wanted) {
        this.reconciler = reconciler;
        this.gate = gate;
        this.wanted = wanted;
    }

    /** The tables whose turn has come, with the reason; none while a database cannot be asked. */
    public List<Map.Entry<String, String>> due() {
        try {
            return List.copyOf(reconciler.due().entrySet());
        } catch (RuntimeException e) {
            LOG.warn("Which tables are to be reconciled cannot be told now: {}", SqlFailures.of(e));
            return List.of();
        }
    }

    /** Whether the table in the body is still to be compared: those before it may have taken a while. */
    public boolean wanted(@Body String table) {
        return wanted.test(table);
    }

    /**
     * Compares and mends the table in the body.
     *
     * @throws LoadFailedException when routes are being replaced; the table's turn comes again
     */
    public Reconciliation run(@Body String table, @Header(REASON) String reason) throws InterruptedException {
        if (!gate.enter()) {
            throw new LoadFailedException(FailureSteps.BROKEN_OFF);
        }
        String before = LogTable.begin(table);
        try {
            return reconciler.reconcile(table, reason);
        } finally {
            LogTable.end(before);
            gate.leave();
        }
    }

    /** Says what kind of failure kept a comparison from being recorded; Camel would log the driver's text. */
    public void unrecorded(@Header(LoadQueue.TABLE) String table, Exchange exchange) {
        String before = LogTable.begin(table);
        Failure failure = FailureSteps.failure(exchange);
        LOG.atLevel(failure.kind().harmless() ? Level.INFO : Level.ERROR)
                .log("{}: the reconcile broke off: {}; it is tried again", table, failure);
        LogTable.end(before);
    }
}
