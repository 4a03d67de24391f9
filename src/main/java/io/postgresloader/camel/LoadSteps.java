package io.postgresloader.camel;

import io.postgresloader.load.LoadRun;
import io.postgresloader.load.Loads;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.MDC;

/** Bean {@code load}: how a load begins and ends. */
public final class LoadSteps {
    /** The exchange property that carries the load in progress. */
    public static final String LOAD = "load";

    /** The exchange property that carries the request, by which the load's table is known in any state. */
    public static final String REQUEST = "request";

    /** The exchange property with the table that log lines were about before the load. */
    private static final String TABLE_BEFORE = "tableBefore";

    private final Loads loads;

    public LoadSteps(Loads loads) {
        this.loads = loads;
    }

    /** Takes the table of the {@link LoadRequest} in the body; a load that is tried again holds it already. */
    public void claim(Exchange exchange) throws SQLException, InterruptedException {
        if (exchange.getProperty(LOAD) == null) {
            LoadRequest request = exchange.getMessage().getBody(LoadRequest.class);
            exchange.setProperty(REQUEST, request);
            exchange.setProperty(TABLE_BEFORE, LogTable.begin(request.table()));
            exchange.setProperty(LOAD, loads.claim(request));
        }
    }

    /** Decides what to load; a load that is tried again goes on with what was decided, unless the schema changed. */
    public void plan(@ExchangeProperty(LOAD) LoadRun run) {
        run.rewind();
        if (run.loadId().isEmpty() || run.isInDoubt()) {
            loads.plan(run);
            run.loadId().ifPresent(id -> MDC.put("load", id));
        }
    }

    public void advance(@ExchangeProperty(LOAD) LoadRun run) {
        loads.advance(run);
    }

    /** The parameters of {@code record-status} and {@code record-metrics} at the end. */
    public Map<String, Object> complete(@ExchangeProperty(LOAD) LoadRun run) {
        return loads.complete(run);
    }

    /** Gives the table back after a load that did all it set out to do; the answer is what the route returns. */
    public LoadResult end(Exchange exchange) {
        return end(exchange, Optional.empty());
    }

    /** Gives the table back after a load that failed, was skipped or was stopped; likewise. */
    public LoadResult endFailed(Exchange exchange) {
        return end(exchange, Optional.of(FailureSteps.failure(exchange)));
    }

    private LoadResult end(Exchange exchange, Optional<Failure> failure) {
        LoadRequest request = exchange.getProperty(REQUEST, LoadRequest.class);
        LoadRun run = exchange.getProperty(LOAD, LoadRun.class);
        try {
            return loads.end(request.table(), run, failure);
        } finally {
            MDC.remove("load");
            LogTable.end(exchange.getProperty(TABLE_BEFORE, String.class));
        }
    }
}
