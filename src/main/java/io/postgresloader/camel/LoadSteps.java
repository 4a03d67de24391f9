package io.postgresloader.camel;

import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.run.Chunks;
import io.postgresloader.load.run.Claim;
import io.postgresloader.load.run.Claims;
import io.postgresloader.load.run.LoadSummary;
import io.postgresloader.load.run.Loads;
import io.postgresloader.load.run.Position;
import io.postgresloader.load.run.StatusRecord;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.model.progress.WorkPhase;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.MDC;

/** Bean {@code load}: the steps of a load around its chunks. */
public final class LoadSteps {
    /** The exchange property with the table that log lines were about before the load. */
    private static final String TABLE_BEFORE = "tableBefore";

    private final Claims claims;
    private final Loads loads;
    private final Chunks chunks;
    private final RunningWork running;

    /** @param running the list of work that shows the loads */
    public LoadSteps(Claims claims, Loads loads, Chunks chunks, RunningWork running) {
        this.claims = claims;
        this.loads = loads;
        this.chunks = chunks;
        this.running = running;
    }

    /** Keeps the {@link LoadRequest} of the body, so that the load's table is known in any state. */
    public void accept(@Body LoadRequest request, Exchange exchange) {
        exchange.setVariable(LoadVariables.REQUEST, request);
        exchange.setProperty(TABLE_BEFORE, LogTable.begin(request.table()));
    }

    /** Drops what an earlier attempt planned and pulled; the position behind its last chunk stays. */
    public void discard(Exchange exchange) {
        exchange.removeVariable(LoadVariables.PLAN);
        exchange.removeVariable(LoadVariables.NEXT_PAGE);
    }

    /** Claims the table for an attempt. */
    public Claim claim(@Body LoadRequest request, @Variable(LoadVariables.CLAIM) Claim earlier, Exchange exchange)
            throws SQLException, InterruptedException {
        RunningLoad.begin(exchange, running, request.table());
        return claims.claim(request, earlier);
    }

    /** Plans the attempt from the current state of both databases. */
    public LoadPlan plan(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.POSITION) Position position,
            @Variable(LoadVariables.FAILURE) Failure failure,
            Exchange exchange) {
        RunningLoad.of(exchange).phase(WorkPhase.PLANNING);
        return loads.plan(claim, position, failure);
    }

    /** Applies the plan and returns the position at which reading begins. */
    public Position begin(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan plan,
            @Variable(LoadVariables.POSITION) Position earlier,
            Exchange exchange) {
        Position position = loads.begin(claim, plan, earlier);
        RunningLoad.position(exchange, claim.request(), position);
        MDC.put("load", position.bookmark().load().loadId());
        return position;
    }

    /** Locks the table's status row for the transaction that ends the load. */
    public void lock(@Variable(LoadVariables.CLAIM) Claim claim) {
        chunks.lock(claim);
    }

    /** Retries rows that conflicted with other rows, and returns the last position. */
    public Position settle(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan plan,
            @Body Position position,
            Exchange exchange) {
        RunningLoad.of(exchange).done(position.counts().pulled());
        RunningLoad.of(exchange).phase(WorkPhase.FINISHING);
        return loads.settle(claim, plan, position);
    }

    /** Checks that the load is complete, and returns what to record. */
    public StatusRecord complete(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan plan,
            @Body Position position) {
        return loads.complete(claim, plan, position);
    }

    /** Releases the table after a complete load. */
    public LoadResult end(@Body Position position, Exchange exchange) {
        return end(exchange, Optional.of(position), Optional.empty());
    }

    /** Releases the table after a load that failed, was skipped or was stopped. */
    public LoadResult endFailed(@Variable(LoadVariables.POSITION) Position position, Exchange exchange) {
        return end(exchange, Optional.ofNullable(position), Optional.of(FailureSteps.failure(exchange)));
    }

    private LoadResult end(Exchange exchange, Optional<Position> position, Optional<Failure> failure) {
        LoadRequest request = exchange.getVariable(LoadVariables.REQUEST, LoadRequest.class);
        Optional<Claim> claim = Optional.ofNullable(exchange.getVariable(LoadVariables.CLAIM, Claim.class));
        try {
            claim.ifPresent(failure.isPresent() ? claims::releaseUnfinished : claims::release);
            return LoadSummary.of(request.table(), claim, position, failure);
        } finally {
            RunningLoad.end(exchange);
            MDC.remove("load");
            LogTable.end(exchange.getProperty(TABLE_BEFORE, String.class));
        }
    }
}
