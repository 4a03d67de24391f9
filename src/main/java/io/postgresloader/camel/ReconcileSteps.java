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

/** Bean {@code reconcile}: finds the tables that are due for a reconcile, and reconciles them. */
public final class ReconcileSteps {
    /** The header that says why a table is compared. */
    public static final String REASON = "reason";

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSteps.class);

    private final Reconciler reconciler;
    private final LoadGate gate;
    private final Predicate<String> wanted;

    /** @param wanted whether a due table is to be compared: an operator may have paused it */
    public ReconcileSteps(Reconciler reconciler, LoadGate gate, Predicate<String> wanted) {
        this.reconciler = reconciler;
        this.gate = gate;
        this.wanted = wanted;
    }

    /** The tables that are due, with the reason; none while a database does not answer. */
    public List<Map.Entry<String, String>> due() {
        try {
            return List.copyOf(reconciler.due().entrySet());
        } catch (RuntimeException e) {
            LOG.warn("The tables that are due for a reconcile cannot be determined now: {}", SqlFailures.of(e));
            return List.of();
        }
    }

    /** Whether the table in the body is still to be compared: those before it may have taken a while. */
    public boolean wanted(@Body String table) {
        return wanted.test(table);
    }

    /**
     * Compares and repairs the table in the body.
     *
     * @throws LoadFailedException when routes are being reloaded; the table stays due
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

    /** Logs the kind of failure that ended an unrecorded comparison; Camel would log the driver's text. */
    public void unrecorded(@Header(LoadQueue.TABLE) String table, Exchange exchange) {
        String before = LogTable.begin(table);
        Failure failure = FailureSteps.failure(exchange);
        LOG.atLevel(failure.kind().harmless() ? Level.INFO : Level.ERROR)
                .log("{}: the reconcile stopped: {}; it is retried", table, failure);
        LogTable.end(before);
    }
}
