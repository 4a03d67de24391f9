package io.postgresloader.camel;

import io.postgresloader.load.Chunks;
import io.postgresloader.load.LoadRun;
import io.postgresloader.load.Loads;
import io.postgresloader.load.PageRequest;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowBatch;
import io.postgresloader.tracking.DeadLetterTable;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.sql.SqlConstants;

/** Bean {@code chunk}: the steps of one chunk. */
public final class ChunkSteps {
    /** The exchange property that carries the page to pull. */
    private static final String PAGE = "page";

    private final Chunks chunks;
    private final Loads loads;
    private final LoadGate gate;

    public ChunkSteps(Chunks chunks, Loads loads, LoadGate gate) {
        this.chunks = chunks;
        this.loads = loads;
        this.gate = gate;
    }

    /** Locks the table's status row for the chunk's transaction; between chunks is where a load stops. */
    public void lock(@ExchangeProperty(LoadSteps.LOAD) LoadRun run, Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            throw new LoadFailedException(FailureSteps.STOPPED);
        }
        if (gate.breaksOff()) {
            throw new LoadFailedException(FailureSteps.BROKEN_OFF);
        }
        chunks.lock(run);
    }

    /** Requests the next page. */
    public void request(@ExchangeProperty(LoadSteps.LOAD) LoadRun run, Exchange exchange) {
        exchange.setProperty(PAGE, chunks.request(run));
    }

    /** Puts the page's query where the {@code sql:} endpoint looks for it. */
    public void query(@ExchangeProperty(PAGE) PageRequest request, Exchange exchange) {
        exchange.getMessage().setBody(request.query().text());
        exchange.getMessage()
                .setHeader(SqlConstants.SQL_PARAMETERS, request.query().parameters());
    }

    /** Drains the pulled rows and closes the read. */
    public void drain(
            @ExchangeProperty(LoadSteps.LOAD) LoadRun run,
            @ExchangeProperty(PAGE) PageRequest request,
            @Body Iterator<byte[][]> rows)
            throws IOException {
        try {
            chunks.drain(run, request, rows);
        } finally {
            if (rows instanceof Closeable read) {
                read.close();
            }
        }
    }

    /** Hands the failure of a pull to the chunk that waits for the page. */
    public void pullFailed(@ExchangeProperty(PAGE) PageRequest request, Exchange exchange) {
        request.failed(FailureSteps.failure(exchange));
    }

    /** Takes the requested page in hand; the answer is its batches, for the splitter. */
    public List<RowBatch> take(@ExchangeProperty(LoadSteps.LOAD) LoadRun run) {
        return chunks.take(run);
    }

    /** Writes one batch; the answer is the parameters of {@code dead-letter}, one map for each refused row. */
    public List<Map<String, Object>> upsert(@ExchangeProperty(LoadSteps.LOAD) LoadRun run, @Body RowBatch batch) {
        return parameters(run, chunks.upsert(run, batch));
    }

    /** The parameters of {@code dead-letter} for the rows that could not be encoded. */
    public List<Map<String, Object>> rejected(@ExchangeProperty(LoadSteps.LOAD) LoadRun run) {
        return parameters(run, chunks.rejected(run));
    }

    /** The parameters of {@code record-status} for the chunk; fails unless every row is accounted for. */
    public Map<String, Object> loaded(@ExchangeProperty(LoadSteps.LOAD) LoadRun run) {
        return loads.chunkLoaded(run);
    }

    private static List<Map<String, Object>> parameters(LoadRun run, List<DeadLetter> deadLetters) {
        String loadId = run.loadId().orElseThrow();
        return deadLetters.stream()
                .map(deadLetter -> DeadLetterTable.parameters(deadLetter, loadId))
                .toList();
    }
}
