package io.postgresloader.camel;

import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.run.ChunkResult;
import io.postgresloader.load.run.Chunks;
import io.postgresloader.load.run.Claim;
import io.postgresloader.load.run.Position;
import io.postgresloader.load.run.StatusRecord;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.source.PageRequest;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.type.RawRow;
import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.sql.SqlConstants;

/** Bean {@code chunk}: the steps of one chunk. */
public final class ChunkSteps {
    private final Chunks chunks;
    private final LoadGate gate;

    public ChunkSteps(Chunks chunks, LoadGate gate) {
        this.chunks = chunks;
        this.gate = gate;
    }

    /**
     * Locks the table's status row for the chunk's transaction, and takes the stamp of its rows. A load that is to stop
     * stops here, between chunks.
     */
    public void lock(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan.Reading plan,
            @Variable(LoadVariables.POSITION) Position position,
            Exchange exchange) {
        // The chunk before has committed.
        RunningLoad.of(exchange).done(position.counts().pulled());
        if (exchange.getContext().isStopping()) {
            throw new LoadFailedException(FailureSteps.STOPPED);
        }
        if (gate.breaksOff()) {
            throw new LoadFailedException(FailureSteps.BROKEN_OFF);
        }
        chunks.lock(claim, plan);
    }

    /** Requests the page after the last committed row. */
    public PageRequest request(@Variable(LoadVariables.PLAN) LoadPlan.Reading plan, @Body Position position) {
        return chunks.pageAt(plan, position);
    }

    /** Requests the page after the one in the body. */
    public PageRequest requestNext(
            @Variable(LoadVariables.PLAN) LoadPlan.Reading plan,
            @Variable(LoadVariables.POSITION) Position position,
            @Body Page page) {
        return chunks.pageAfter(plan, position, page);
    }

    /** Sets the header and the body from which the {@code sql:} endpoint takes the page's query and parameters. */
    public void query(@Variable(LoadVariables.NEXT_PAGE) PageRequest request, Exchange exchange) throws SQLException {
        BoundSql query = chunks.sourceRows().query(request);
        exchange.getMessage().setBody(query.text());
        exchange.getMessage().setHeader(SqlConstants.SQL_PARAMETERS, query.parameters());
    }

    /** Drains the pulled rows into memory and closes the read. */
    public void drain(@Variable(LoadVariables.NEXT_PAGE) PageRequest request, @Body Iterator<RawRow> rows)
            throws IOException, SQLException {
        try {
            request.drain(rows);
        } finally {
            if (rows instanceof Closeable read) {
                read.close();
            }
        }
        chunks.sourceRows().finish(request);
    }

    /** Hands the failure of a pull to the chunk that waits for the page. */
    public void pullFailed(@Variable(LoadVariables.NEXT_PAGE) PageRequest request, Exchange exchange) {
        request.failed(FailureSteps.failure(exchange));
    }

    /** Waits for the requested page. */
    public Page page(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan.Reading plan,
            @Variable(LoadVariables.POSITION) Position position,
            @Variable(LoadVariables.NEXT_PAGE) PageRequest request,
            Exchange exchange) {
        Page page = request.await();
        exchange.removeVariable(LoadVariables.NEXT_PAGE);
        RunningLoad.of(exchange).read(position.counts().pulled() + page.pulled());
        chunks.check(claim, plan, position, page);
        return page;
    }

    /** The page's rows in batches, for the splitter. */
    public List<RowBatch> batches(
            @Variable(LoadVariables.PLAN) LoadPlan.Reading plan, @Variable(LoadVariables.PAGE) Page page) {
        return chunks.batches(plan, page);
    }

    /** Writes one batch. */
    public ChunkResult upsert(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan.Reading plan,
            @Variable(LoadVariables.POSITION) Position position,
            @Body RowBatch batch) {
        return chunks.upsert(claim, plan, position, batch);
    }

    /** Adds a batch's result to the chunk's, for the splitter. */
    public Exchange add(Exchange sum, Exchange batch) {
        ChunkResult before = sum == null ? null : sum.getMessage().getBody(ChunkResult.class);
        ChunkResult result = chunks.add(
                batch.getVariable(LoadVariables.CLAIM, Claim.class),
                batch.getVariable(LoadVariables.PLAN, LoadPlan.Reading.class),
                batch.getVariable(LoadVariables.POSITION, Position.class),
                batch.getVariable(LoadVariables.PAGE, Page.class),
                before,
                batch.getMessage().getBody(ChunkResult.class));
        batch.getMessage().setBody(result);
        return batch;
    }

    /** The position after the page; fails unless every row of it is accounted for. */
    public Position advance(
            @Variable(LoadVariables.CLAIM) Claim claim,
            @Variable(LoadVariables.PLAN) LoadPlan.Reading plan,
            @Variable(LoadVariables.POSITION) Position position,
            @Variable(LoadVariables.PAGE) Page page,
            @Body ChunkResult chunk) {
        return chunks.advance(claim, plan, position, page, chunk);
    }

    /** What to record of the chunk. */
    public StatusRecord status(@Variable(LoadVariables.CLAIM) Claim claim, @Body Position position) {
        return chunks.status(claim, position);
    }
}
