package io.postgresloader.source;

import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.type.RawRow;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A page that is to be read, often by another thread while the page before it is written or compared. A request whose
 * load or comparison failed meanwhile is dropped; nobody looks at what arrives for it.
 */
public final class PageRequest {
    private final BoundSql query;
    private final PageReader reader;
    private final int maxRows;
    private final long maxBytes;
    private final CompletableFuture<Page> page = new CompletableFuture<>();

    /**
     * @param query selects the rows in key order
     * @param reader encodes them; it reads this page only
     * @param maxRows the most rows to take, at least 1
     * @param maxBytes the page ends with the row that reaches this many encoded bytes
     */
    public PageRequest(BoundSql query, PageReader reader, int maxRows, long maxBytes) {
        this.query = query;
        this.reader = reader;
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    /** The statement for the source. */
    public BoundSql query() {
        return query;
    }

    /**
     * Reads the rows into memory, for the thread that waits for the page.
     *
     * @param rows each is read before the next one is asked for
     */
    public void drain(Iterator<RawRow> rows) {
        page.complete(reader.drain(rows, maxRows, maxBytes));
    }

    /** The read failed; the thread that waits for the page gets the failure. */
    public void failed(Failure failure) {
        page.completeExceptionally(new LoadFailedException(failure));
    }

    /**
     * Waits for the page.
     *
     * @throws LoadFailedException when the read failed
     */
    public Page await() {
        try {
            return page.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LoadFailedException failed ? failed : e;
        }
    }
}
