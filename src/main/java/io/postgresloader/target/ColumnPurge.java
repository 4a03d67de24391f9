package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.sql.StampSql;
import java.util.List;
import java.util.Optional;

/**
 * Sets a column to NULL in all rows of a table, some blocks of its files at a time. Rows that it writes have NULL
 * already, wherever they are put, so that one pass over the blocks reaches every row. The old rows leave the disk when
 * PostgreSQL vacuums the table.
 */
public final class ColumnPurge {
    /** 16 MB with PostgreSQL's blocks of 8 kB. */
    private static final long BLOCKS = 2_000;

    private static final String FILES =
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
              pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint AS blocks
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid IN (SELECT pg_catalog.to_regclass(?)
                UNION SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
              AND c.relkind = 'r'""";

    private final Warehouse warehouse;
    private final String table;
    private final Optional<String> stamp;

    /** @param stamp the column of the row stamp, which rows get that lose a value */
    public ColumnPurge(Warehouse warehouse, String table, Optional<String> stamp) {
        this.warehouse = warehouse;
        this.table = table;
        this.stamp = stamp;
    }

    private record Part(String name, long blocks) {}

    /**
     * @param mayWrite is called in the transaction of each part of the work, takes its stamp, and throws to end it
     * @return how many values were removed
     */
    public long purge(String column, Runnable mayWrite) {
        long removed = 0;
        for (Part part : parts()) {
            for (long block = 0; block < part.blocks(); block += BLOCKS) {
                long from = block;
                removed += warehouse.transaction().execute(status -> {
                    mayWrite.run();
                    return purge(part.name(), column, from);
                });
            }
        }
        return removed;
    }

    /** Whether the column has a value. */
    public boolean remains(String column) {
        return warehouse
                .jdbc()
                .sql("SELECT EXISTS (SELECT 1 FROM " + warehouse.table(table) + " WHERE " + Identifiers.postgres(column)
                        + " IS NOT NULL)")
                .query(Boolean.class)
                .single();
    }

    private List<Part> parts() {
        return warehouse
                .jdbc()
                .sql(FILES)
                .params(warehouse.table(table), warehouse.table(table))
                .query((row, number) -> new Part(row.getString("name"), row.getLong("blocks")))
                .list();
    }

    private int purge(String part, String column, long from) {
        String quoted = Identifiers.postgres(column);
        return warehouse
                .jdbc()
                .sql("UPDATE ONLY " + part + " SET " + quoted + " = NULL"
                        + stamp.map(other -> ", " + Identifiers.postgres(other) + " = " + StampSql.STAMP)
                                .orElse("")
                        + " WHERE " + quoted + " IS NOT NULL"
                        + " AND ctid >= CAST(? AS tid) AND ctid < CAST(? AS tid)")
                .params("(" + from + ",0)", "(" + (from + BLOCKS) + ",0)")
                .update();
    }
}
