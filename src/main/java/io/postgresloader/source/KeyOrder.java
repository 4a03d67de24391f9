package io.postgresloader.source;

import io.postgresloader.sql.BoundSql;
import io.postgresloader.type.RawRow;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Reads a page in key order.
 *
 * @param query selects the rows in key order
 * @param reader supplies what encodes them
 * @param maxRows the most rows to take, at least 1
 * @param maxBytes the page ends with the row that reaches this many encoded bytes
 */
public record KeyOrder(BoundSql query, Supplier<PageReader> reader, int maxRows, long maxBytes) implements PageRead {
    @Override
    public Result read(Iterator<RawRow> rows) {
        return new Result.Done(reader.get().drain(rows, maxRows, maxBytes));
    }
}
