package io.postgresloader.load;

import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.sql.BoundSql;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A page that is to be pulled, perhaps by another thread while the page before it is being written. A request that a
 * rolled-back chunk left behind is dropped, and what still arrives for it is not looked at.
 */
public final class PageRequest {
    private final BoundSql query;
    private final int maxRows;
    private final CompletableFuture<Page> page = new CompletableFuture<>();

    PageRequest(BoundSql query, int maxRows) {
        this.query = query;
        this.maxRows = maxRows;
    }

    /** What to ask the source. */
    public BoundSql query() {
        return query;
    }

    int maxRows() {
        return maxRows;
    }

    void arrived(Page arrived) {
        page.complete(arrived);
    }

    /** The pull failed; whoever waits for the page gets the failure. */
    public void failed(Failure failure) {
        page.completeExceptionally(new LoadFailedException(failure));
    }

    /** Waits for the page. */
    Page await() {
        try {
            return page.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LoadFailedException failed ? failed : e;
        }
    }
}
