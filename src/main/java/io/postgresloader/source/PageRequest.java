package io.postgresloader.source;

import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.type.RawRow;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A page that is to be read, often by another thread while the page before it is written or compared. A request whose
 * load or comparison failed meanwhile is dropped; nobody looks at what arrives for it.
 */
public final class PageRequest {
    private final CompletableFuture<Page> page = new CompletableFuture<>();
    private PageRead read;
    private boolean scanned;
    /** By {@link System#nanoTime}; 0: not yet. */
    private long started;

    /** @param read the first statement */
    public PageRequest(PageRead read) {
        this.read = read;
    }

    /** Whether a statement is left to be sent. */
    boolean unfinished() {
        return !page.isDone();
    }

    /** Whether the next statement only leads to the one that reads the page. */
    boolean preliminary() {
        return read.preliminary();
    }

    /** The next statement for the source. The time of the page begins with the first one that reads rows of it. */
    public BoundSql query() {
        if (started == 0) {
            started = System.nanoTime();
        }
        return read.query();
    }

    /**
     * Reads the rows of the statement into memory. With the last one's the thread that waits gets its page.
     *
     * @param rows each is read before the next one is asked for
     */
    public void drain(Iterator<RawRow> rows) {
        if (read.preliminary()) {
            started = 0;
        }
        // A scan in vain counts as well.
        scanned |= read.scans();
        PageRead.Result result = read.read(rows);
        if (result instanceof PageRead.Result.Then then) {
            read = then.next();
        } else if (result instanceof PageRead.Result.Done done) {
            page.complete(done.page().readIn(Duration.ofNanos(System.nanoTime() - started), scanned));
        }
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
