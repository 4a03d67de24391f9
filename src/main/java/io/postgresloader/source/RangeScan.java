package io.postgresloader.source;

import io.postgresloader.model.RowKey;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RawRow;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a page as a range of keys by a scan of the table. A page that turns out to be larger than the memory for it is
 * read in key order instead.
 *
 * @param query selects the rows of the range
 * @param end the greatest key of the range; empty: it is the last one
 * @param reader supplies what encodes the rows
 * @param maxBytes the most encoded bytes
 * @param inKeyOrder reads a page from the same key on
 */
public record RangeScan(
        BoundSql query, Optional<RowKey> end, Supplier<PageReader> reader, long maxBytes, PageRead inKeyOrder)
        implements PageRead {
    @Override
    public boolean scans() {
        return true;
    }

    @Override
    public Result read(Iterator<RawRow> rows) {
        return reader.get()
                .drainRange(rows, maxBytes, end)
                .<Result>map(Result.Done::new)
                .orElseGet(() -> new Result.Then(inKeyOrder));
    }

    /**
     * Finds the end of a range, which is then scanned.
     *
     * @param query selects the key at which the range ends, or nothing if it is the last one
     * @param keys reads the key
     * @param scan the scan of a range that ends there
     */
    public record End(BoundSql query, KeyFormat keys, Function<Optional<RowKey>, RangeScan> scan) implements PageRead {
        @Override
        public boolean preliminary() {
            return true;
        }

        @Override
        public Result read(Iterator<RawRow> rows) {
            return new Result.Then(scan.apply(rows.hasNext() ? Optional.of(key(rows.next())) : Optional.empty()));
        }

        private RowKey key(RawRow row) {
            return keys.of(List.of(new String(row.value(0), StandardCharsets.US_ASCII)));
        }
    }
}
