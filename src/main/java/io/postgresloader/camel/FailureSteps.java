package io.postgresloader.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.run.Claim;
import io.postgresloader.load.run.FailureRecords;
import io.postgresloader.load.run.Position;
import io.postgresloader.load.run.RetryRule;
import io.postgresloader.load.run.StatusRecord;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.DeadLetters;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.monitor.LoaderMeter;
import io.postgresloader.sql.SqlFailures;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Bean {@code failure}: classifies an exception and decides what is recorded. A driver's text goes no further. */
public final class FailureSteps {
    private static final Logger LOG = LoggerFactory.getLogger(FailureSteps.class);

    /** The failure of a load that ends because the loader stops. */
    static final Failure STOPPED = new Failure(
            FailureKind.STOPPED, Optional.empty(), "the loader is stopping; the load resumes at the next start");

    /** The failure of a load that stops because routes are reloaded. */
    static final Failure BROKEN_OFF = new Failure(
            FailureKind.STOPPED,
            Optional.empty(),
            "routes are being reloaded; the load then resumes after its last chunk");

    /** The exchange property that keeps the failure. */
    private static final String ENDED_BY = "endedBy";

    private final MeterRegistry meters;
    private final LoadGate gate;

    /**
     * @param meters where retries are counted
     * @param gate whether routes are about to be reloaded
     */
    public FailureSteps(MeterRegistry meters, LoadGate gate) {
        this.meters = meters;
        this.gate = gate;
    }

    /** Whether another attempt may succeed; none is made while routes are about to be reloaded. */
    public boolean mayPass(Exchange exchange) {
        Failure failure = failure(exchange);
        if (failure == null || gate.breaksOff()) {
            return false;
        }
        boolean planned = exchange.getVariable(LoadVariables.PLAN) != null;
        Position position = exchange.getVariable(LoadVariables.POSITION, Position.class);
        return RetryRule.mayPass(failure, planned, position);
    }

    /** Keeps the failure for the next attempt, logs it, and counts the retry by the class of its SQLSTATE. */
    public void retrying(Exchange exchange) {
        Failure failure = failure(exchange);
        exchange.setVariable(LoadVariables.FAILURE, failure);
        RunningLoad.of(exchange).phase(WorkPhase.RETRYING);
        String sqlStateClass =
                failure.sqlState().map(state -> state.substring(0, 2)).orElse("none");
        LoaderMeter.LOAD_RETRIES.counter(meters, sqlStateClass).increment();
        Claim claim = exchange.getVariable(LoadVariables.CLAIM, Claim.class);
        boolean known = claim != null && claim.failedBefore(failure);
        LOG.atLevel(known ? Level.DEBUG : Level.WARN)
                .log(
                        "{}: {}; trying again ({} of {})",
                        exchange.getVariable(LoadVariables.REQUEST, LoadRequest.class)
                                .table(),
                        failure,
                        exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER),
                        exchange.getMessage().getHeader(Exchange.REDELIVERY_MAX_COUNTER));
    }

    /** Ends a load whose status row belongs to a newer epoch. */
    public void claimLost(@Variable(LoadVariables.CLAIM) Claim claim) {
        throw LoadErrors.claimLost(claim.table());
    }

    /** Whether there is anything to record: not when another instance has the table, or the loader stops. */
    public boolean leavesTrace(@Variable(LoadVariables.CLAIM) Claim claim, Exchange exchange) {
        return FailureRecords.leavesTrace(claim, failure(exchange));
    }

    /** The dead letter of the load as a whole; none for a transient failure. */
    public DeadLetters deadLetters(@Variable(LoadVariables.CLAIM) Claim claim, Exchange exchange) {
        List<DeadLetter> ofLoad =
                FailureRecords.deadLetter(claim, failure(exchange)).stream().toList();
        return () -> ofLoad;
    }

    /** What to record of the load. */
    public StatusRecord record(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.POSITION) Position position,
            Exchange exchange) {
        return FailureRecords.status(claim, Optional.ofNullable(position), failure(exchange));
    }

    /** Logs that a failure could not be recorded in the target; the next load tries everything again. */
    public void unrecorded(@Variable(LoadVariables.CLAIM) Claim claim) {
        LOG.error("{}: the failure could not be recorded in the target", claim.table());
    }

    /** Logs what kind of failure ended a load when no error handler took it. */
    public void unhandled(@Header(LoadQueue.TABLE) String table, Exchange exchange) {
        Failure failure = failure(exchange);
        if (!failure.kind().harmless()) {
            String before = LogTable.begin(table);
            LOG.error("{}: the load stopped: {}; the next load resumes it", table, failure);
            LogTable.end(before);
        }
    }

    /** The failure that the exchange met first, or null when it met none. */
    static Failure failure(Exchange exchange) {
        Failure first = exchange.getProperty(ENDED_BY, Failure.class);
        if (first != null) {
            return first;
        }
        Exception exception = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return exception == null ? null : SqlFailures.of(exception);
    }

    /**
     * Keeps the failure that ends the load before the steps that record it can fail too. A failure while the loader
     * stops is attributed to the stop, and a load with a transient failure while routes are reloaded is retried with
     * the new routes.
     */
    public void keep(Exchange exchange) {
        exchange.setProperty(ENDED_BY, lasting(exchange));
    }

    private Failure lasting(Exchange exchange) {
        Failure failure = failure(exchange);
        if (exchange.getContext().isStopping()) {
            return STOPPED;
        }
        return failure.kind() == FailureKind.TRANSIENT && gate.breaksOff() ? BROKEN_OFF : failure;
    }
}
