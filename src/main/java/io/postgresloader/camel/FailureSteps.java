package io.postgresloader.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.postgresloader.load.LoadRun;
import io.postgresloader.load.Loads;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.monitor.LoaderMeter;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.DeadLetterTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code failure}: what an exception means, and what is recorded of it. Drivers' texts end here. */
public final class FailureSteps {
    private static final Logger LOG = LoggerFactory.getLogger(FailureSteps.class);

    /** Why a load ends when the loader does. */
    static final Failure STOPPED =
            new Failure(FailureKind.STOPPED, Optional.empty(), "the loader is being stopped; the next start goes on");

    /** Why a load ends while routes are replaced. */
    static final Failure BROKEN_OFF = new Failure(
            FailureKind.STOPPED,
            Optional.empty(),
            "routes are being replaced; it goes on behind its last chunk at once");

    /** The exchange property that keeps the failure. */
    private static final String FAILURE = "failure";

    private final Loads loads;
    private final MeterRegistry meters;
    private final LoadGate gate;

    /**
     * @param meters where retries are counted
     * @param gate says when routes are to be replaced
     */
    public FailureSteps(Loads loads, MeterRegistry meters, LoadGate gate) {
        this.loads = loads;
        this.meters = meters;
        this.gate = gate;
    }

    /** Throws what was caught again, as one of ours, for the error handlers of {@code load-table}. */
    public void inOurWords(Exchange exchange) {
        // Those of the inner routes have marked the exchange as theirs and done.
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
        Failure failure = failure(exchange);
        if (failure.kind() == FailureKind.TRANSIENT && gate.breaksOff()) {
            // It is tried again with the new routes, for which nobody is to wait until the server is back.
            failure = BROKEN_OFF;
        }
        LoadRun run = exchange.getProperty(LoadSteps.LOAD, LoadRun.class);
        if (run != null) {
            run.doubt(failure);
        }
        throw new LoadFailedException(failure);
    }

    /** Whether the same step may well succeed in a moment, or once the table has been inspected again. */
    public boolean mayPass(Exchange exchange) {
        Failure failure = failure(exchange);
        LoadRun run = exchange.getProperty(LoadSteps.LOAD, LoadRun.class);
        return failure != null && failure.kind() == FailureKind.TRANSIENT || run != null && run.isInDoubt();
    }

    /** Says that a try failed and another follows, and counts it by the class of its SQLSTATE. */
    public void retrying(Exchange exchange) {
        String sqlStateClass =
                failure(exchange).sqlState().map(state -> state.substring(0, 2)).orElse("none");
        LoaderMeter.LOAD_RETRIES.counter(meters, sqlStateClass).increment();
        LOG.warn(
                "{}: {}; trying again ({} of {})",
                exchange.getProperty(LoadSteps.REQUEST, LoadRequest.class).table(),
                failure(exchange),
                exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER),
                exchange.getMessage().getHeader(Exchange.REDELIVERY_MAX_COUNTER));
    }

    /** Ends a load whose status row belongs to a newer epoch. */
    public void claimLost(@ExchangeProperty(LoadSteps.LOAD) LoadRun run) {
        throw new LoadFailedException(new Failure(
                FailureKind.CLAIM_LOST,
                Optional.empty(),
                "another instance has taken over the load of table " + run.table()));
    }

    /** Whether there is anything to record: not when another instance has the table, or the loader stops. */
    public boolean leavesTrace(Exchange exchange) {
        return loads.leavesTrace(exchange.getProperty(LoadSteps.LOAD, LoadRun.class), failure(exchange));
    }

    /** The parameters of {@code dead-letter} for the load as a whole; none for a transient failure. */
    public List<Map<String, Object>> deadLetters(@ExchangeProperty(LoadSteps.LOAD) LoadRun run, Exchange exchange) {
        return loads.deadLetter(run, failure(exchange)).stream()
                .map(deadLetter ->
                        DeadLetterTable.parameters(deadLetter, run.loadId().orElse("not begun")))
                .toList();
    }

    /** The parameters of {@code record-status} and {@code record-metrics}. */
    public Map<String, Object> record(@ExchangeProperty(LoadSteps.LOAD) LoadRun run, Exchange exchange) {
        return loads.failed(run, failure(exchange));
    }

    /** Says that a failure could not be recorded in the target; the next load tries everything again. */
    public void unrecorded(@ExchangeProperty(LoadSteps.LOAD) LoadRun run) {
        LOG.error("{}: the failure could not be recorded in the target", run.table());
    }

    /** Says what kind of failure ended a load when no error handler took it. */
    public void unhandled(@Header(LoadQueue.TABLE) String table, Exchange exchange) {
        Failure failure = failure(exchange);
        if (!failure.kind().harmless()) {
            String before = LogTable.begin(table);
            LOG.error("{}: the load broke off: {}; the next one goes on", table, failure);
            LogTable.end(before);
        }
    }

    /** The failure that the exchange met first, or null when it met none. */
    static Failure failure(Exchange exchange) {
        Failure first = exchange.getProperty(FAILURE, Failure.class);
        if (first != null) {
            return first;
        }
        Exception exception = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return exception == null ? null : SqlFailures.of(exception);
    }

    /**
     * Keeps the failure, before the steps that record it can meet one of their own. What fails while the loader stops
     * fails because of that, and is met again at the next start if not.
     */
    public void keep(Exchange exchange) {
        exchange.setProperty(FAILURE, exchange.getContext().isStopping() ? STOPPED : failure(exchange));
    }
}
