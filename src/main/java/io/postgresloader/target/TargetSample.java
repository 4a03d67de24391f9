package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.CompareSql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads some rows from pages all over a target table, as COPY writes them. */
public final class TargetSample {
    /** A partitioned table has no pages itself, and a plain one has no tree. */
    private static final String PAGES = "SELECT (pg_relation_size(t)"
            + " + (SELECT coalesce(sum(pg_relation_size(relid)), 0)::bigint FROM pg_partition_tree(t) WHERE relid <> t))"
            + " / current_setting('block_size')::bigint FROM to_regclass(?) t";

    /** Enough pages for a sample of small rows, and few enough to be read in a moment. */
    private static final double SAMPLED_PAGES = 400;

    /** Rows may be wide. */
    private static final long MOST_BYTES = 8L << 20;

    private final Warehouse warehouse;

    /**
     * Some rows of a table.
     *
     * @param rows the cells of each row in COPY format, in the order of the table's columns
     * @param whole whether these are all rows of the table
     */
    public record Sample(List<List<String>> rows, boolean whole) {
        public Sample {
            rows = List.copyOf(rows);
        }
    }

    public TargetSample(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** @param most the most rows; wide rows are fewer */
    public Sample rows(TargetTable table, int most) throws SQLException {
        long pages = warehouse
                .jdbc()
                .sql(PAGES)
                .param(warehouse.table(table.name()))
                .query(Long.class)
                .single();
        double percent = pages <= SAMPLED_PAGES ? 100 : 100 * SAMPLED_PAGES / pages;
        List<List<String>> rows = new ArrayList<>();
        boolean ended;
        try (Connection connection = warehouse.connection()) {
            CopyOut copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(new CompareSql(table.sql()).sample(percent, most));
            try {
                long bytes = 0;
                byte[] row = copy.readFromCopy();
                for (; row != null && bytes < MOST_BYTES; row = copy.readFromCopy()) {
                    bytes += row.length;
                    String line = new String(row, 0, row.length - 1, StandardCharsets.UTF_8);
                    rows.add(List.of(line.split("\t", -1)));
                }
                ended = row == null;
            } finally {
                UnreadCopy.discard(copy, connection);
            }
        }
        return new Sample(rows, ended && percent == 100 && rows.size() < most);
    }
}
