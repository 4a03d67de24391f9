package io.postgresloader.verify;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.source.PageRequest;
import io.postgresloader.source.PageSequence;
import io.postgresloader.source.PageSize;
import io.postgresloader.source.SourceRows;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** All rows of a source table in short pages, one behind the other; the next page is read while one is compared. */
final class SourceScan {
    private final PreparedTable table;
    private final SourceRows rows;
    private final Executor reader;
    private PageSize size;
    private PageSequence sequence = PageSequence.behind(RowKey.NONE);
    private PageRequest next;
    private Optional<Page> current = Optional.empty();

    SourceScan(PreparedTable table, SourceRows rows, PageSize size, Executor reader) {
        this.table = table;
        this.rows = rows;
        this.size = size;
        this.reader = reader;
        this.next = request(RowKey.NONE);
    }

    /**
     * The next page; empty behind the last one. The page before it can no longer be read.
     *
     * @throws io.postgresloader.model.LoadFailedException when the read failed, of kind SCHEMA when the
     *     pages do not move forward
     */
    Optional<Page> next() {
        current.ifPresent(Page::release);
        current = Optional.empty();
        if (next == null) {
            return current;
        }
        Page page = next.await();
        sequence = sequence.next(table.name(), table.keyFormat(), page.lastKey());
        size = size.after(page);
        next = page.exhausted() ? null : request(page.lastKey());
        current = Optional.of(page);
        return current;
    }

    private PageRequest request(RowKey lastKey) {
        PageRequest page = table.page(new Selection.All(), lastKey, size, OptionalLong.empty());
        reader.execute(() -> rows.fulfil(page));
        return page;
    }
}
