package io.postgresloader.source;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowKey;
import io.postgresloader.type.KeyFormat;
import java.util.Optional;

/**
 * Where the pages of one read have ended. The index of a damaged table may lead to rows with other keys, behind which a
 * server answers with rows that it has sent before, without end: a read whose pages do not move forward fails.
 *
 * @param last the key behind which the next page begins
 * @param mark an earlier such key. It is renewed after 1, 2, 4, 8 … pages, so that a cycle of any length meets it
 * @param pages how many pages were read
 */
public record PageSequence(RowKey last, RowKey mark, long pages) {

    /** A read that begins behind a key; {@link RowKey#NONE}: at the first row. */
    public static PageSequence behind(RowKey key) {
        return new PageSequence(key, key, 0);
    }

    /**
     * The sequence after another page. Integer keys are compared by their values. Any other key is only compared with
     * earlier ones, since servers sort texts in many ways.
     *
     * @param lastKey the key of the page's last row; {@link RowKey#NONE}: it had none
     * @throws LoadFailedException of kind SCHEMA when the page does not move forward
     */
    public PageSequence next(String table, KeyFormat keys, RowKey lastKey) {
        if (lastKey.isEmpty()) {
            return this;
        }
        boolean backward = !last.isEmpty() && keys.integers() && keys.order(lastKey, last) <= 0;
        if (backward || lastKey.equals(last) || lastKey.equals(mark)) {
            throw damaged(table);
        }
        boolean renew = Long.bitCount(pages + 1) == 1;
        return new PageSequence(lastKey, renew ? lastKey : mark, pages + 1);
    }

    private static LoadFailedException damaged(String table) {
        return new LoadFailedException(new Failure(
                FailureKind.SCHEMA,
                Optional.empty(),
                "table " + table + " is damaged in the source: behind the last row of a page, its index leads to rows"
                        + " that were read before, so that reading would not end; run CHECK TABLE there, and make a"
                        + " copy of its files before REPAIR TABLE, which keeps only the rows that it can read"));
    }
}
