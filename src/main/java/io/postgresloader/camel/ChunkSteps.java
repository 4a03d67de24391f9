package io.postgresloader.camel;

import io.postgresloader.load.Chunks;
import io.postgresloader.load.LoadRun;
import io.postgresloader.load.Loads;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowBatch;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.tracking.DeadLetterTable;
import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.sql.SqlConstants;

/** Bean {@code chunk}: the steps of one chunk. */
public final class ChunkSteps {
    private final Chunks chunks;
    private final Loads loads;

    public ChunkSteps(Chunks chunks, Loads loads) {
        this.chunks = chunks;
        this.loads = loads;
    }

    /** Locks the table's status row and puts the page query where the {@code sql:} endpoint looks for it. */
    public void plan(@ExchangeProperty(LoadSteps.LOAD) LoadRun run, Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            throw new LoadFailedException(new Failure(
                    FailureKind.STOPPED, Optional.empty(), "the loader is being stopped; the next start goes on"));
        }
        BoundSql page = chunks.begin(run);
        Message message = exchange.getMessage();
        message.setBody(page.text());
        message.setHeader(SqlConstants.SQL_PARAMETERS, page.parameters());
    }

    /** Drains the pulled rows and closes the read; the answer is the batches, for the splitter. */
    public List<RowBatch> drain(
            @ExchangeProperty(LoadSteps.LOAD) LoadRun run, @Body Iterator<byte[][]> rows, Exchange exchange)
            throws IOException {
        exchange.getMessage().removeHeader(SqlConstants.SQL_PARAMETERS);
        try {
            return chunks.drain(run, rows);
        } finally {
            if (rows instanceof Closeable read) {
                read.close();
            }
        }
    }

    /** Writes one batch; the answer is the parameters of {@code dead-letter}, one map for each refused row. */
    public List<Map<String, Object>> upsert(
            @ExchangeProperty(LoadSteps.LOAD) LoadRun run, @Body RowBatch batch) throws SQLException {
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
