package io.postgresloader.verify;

import io.postgresloader.load.PageSize;
import io.postgresloader.load.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.model.Selection;
import io.postgresloader.source.PageReader;
import io.postgresloader.source.SourceRows;
import io.postgresloader.sql.BoundSql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Reads all rows of a source table in key order, in short pages. The next page is read while one is compared. */
final class SourceScan {
    private final PreparedTable table;
    private final SourceRows rows;
    private final PageSize size;
    private final Executor reader;
    private CompletableFuture<Page> next;

    SourceScan(PreparedTable table, SourceRows rows, PageSize size, Executor reader) {
        this.table = table;
        this.rows = rows;
        this.size = size;
        this.reader = reader;
        this.next = read(List.of());
    }

    /** The next page; empty after the last one. */
    Optional<Page> next() throws SQLException {
        if (next == null) {
            return Optional.empty();
        }
        Page page = await();
        size.seen(page);
        next = page.exhausted() ? null : read(page.lastKey());
        return Optional.of(page);
    }

    private CompletableFuture<Page> read(List<String> lastKey) {
        Optional<List<Object>> after = lastKey.isEmpty()
                ? Optional.empty()
                : Optional.of(table.keyFormat().parameters(lastKey));
        int limit = size.rows();
        BoundSql query = table.extractSql().page(new Selection.All(), after, Optional.of(limit));
        PageReader page = new PageReader(table.name(), table.rowFormat(), table.keyFormat());
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return rows.read(query, page, limit, size.bytes());
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                reader);
    }

    private Page await() throws SQLException {
        try {
            return next.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw e.getCause() instanceof RuntimeException runtime ? runtime : e;
        }
    }
}
