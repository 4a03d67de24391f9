package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.DeleteSql;
import io.postgresloader.sql.Identifiers;
import io.postgresloader.sql.StampSql;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives each transaction that writes a table the stamp of its rows. The rule, whose one place is here: a transaction locks
 * the table's status row and takes the later one of its own start and the last stamp plus a microsecond; the row keeps that
 * as {@code stamped_up_to}, which commits with the rows. Writers take turns for the lock, so that a stamp is later than
 * every stamp that was visible before, and no later commit adds a stamp up to {@code stamped_up_to}.
 */
public final class RowStamps {
    /** What the deletes feed names as the load where another program has deleted rows. */
    public static final String OTHER_PROGRAM = "another program";

    /** What it names where stamps began anew, and what was deleted before is not known. */
    static final String STAMPS_BEGAN = "stamps began";

    private static final String NEXT =
            " SET stamped_up_to = greatest(now(), stamped_up_to + interval '1 microsecond') WHERE table_name = ?";

    private static final String KEEP = " RETURNING set_config('" + StampSql.SETTING + "', stamped_up_to::text, true)";

    private final JdbcClient target;
    private final Warehouse warehouse;
    private final String status;
    private final String feed;

    public RowStamps(Warehouse warehouse) {
        this.warehouse = warehouse;
        this.target = warehouse.jdbc();
        this.status = warehouse.table("etl_load_status");
        this.feed = warehouse.table(DeleteSql.FEED);
    }

    /**
     * Locks the status row, as {@link LoadStatusTable#lock} does, and takes the stamp of the running transaction.
     *
     * @return false when another load has begun a newer epoch
     */
    public boolean take(String table, long epoch) {
        return target.sql("UPDATE " + status + NEXT + " AND epoch = ?" + KEEP)
                .params(table, epoch)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /**
     * Takes the stamp of the running transaction for a writer that has no epoch and holds the lock of the table.
     *
     * @return false when no load has begun to stamp the rows in this column
     */
    public boolean take(String table, String column) {
        return target.sql("UPDATE " + status + NEXT + " AND stamped_up_to IS NOT NULL AND stamp_column = ?" + KEEP)
                .params(table, column)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** How the column of the stamp came to be. */
    public enum Column {
        /** The loader has created the table in the running transaction. */
        OF_NEW_TABLE,
        /** The loader has added the column in the running transaction, and all rows have its start. */
        ADDED,
        /** It was there. */
        FOUND
    }

    /**
     * Begins to stamp the rows of a table, in the running transaction: {@code stamped_up_to} then covers all rows of the
     * table. Where readers may have copied rows by stamps before, in this column or in another one, the deletes feed tells
     * them to begin anew.
     *
     * @throws LoadFailedException of kind SCHEMA when rows have no stamp, or one that is not a time
     */
    public void start(String table, long epoch, String column, Column origin) {
        String quoted = Identifiers.postgres(column);
        String rows = warehouse.table(table);
        if (origin == Column.FOUND) {
            requireStamps(table, rows, quoted);
        }
        String greatest = origin == Column.FOUND ? ", (SELECT max(" + quoted + ") FROM " + rows + ")" : "";
        Optional<Started> started = target.sql(
                        "WITH before AS (SELECT stamped_up_to, stamp_column FROM " + status
                                + " WHERE table_name = :table AND epoch = :epoch FOR UPDATE) UPDATE " + status
                                + " s SET stamped_up_to = greatest(now(), before.stamped_up_to + interval '1 microsecond',"
                                + " (SELECT max(deleted_at) + interval '1 microsecond' FROM " + feed
                                + " WHERE table_name = :table)" + greatest
                                + "), stamp_column = :column FROM before WHERE s.table_name = :table"
                                + " RETURNING set_config('" + StampSql.SETTING + "', s.stamped_up_to::text, true),"
                                + " coalesce(before.stamped_up_to::text, before.stamp_column) IS NOT NULL AS again, s.stamped_up_to > now() AS later")
                .param("table", table)
                .param("epoch", epoch)
                .param("column", column)
                .query((row, number) -> new Started(row.getBoolean("again"), row.getBoolean("later")))
                .optional();
        started.filter(found -> found.later() && origin == Column.ADDED)
                .ifPresent(found -> target.sql("UPDATE " + rows + " SET " + quoted + " = " + StampSql.STAMP)
                        .update());
        started.filter(found -> found.again() || origin == Column.FOUND)
                .ifPresent(
                        found -> deletedUnnamed(table, origin == Column.OF_NEW_TABLE ? OTHER_PROGRAM : STAMPS_BEGAN));
    }

    /**
     * @param again whether the table's rows were stamped before
     * @param later whether the stamp is later than the start of the transaction
     */
    private record Started(boolean again, boolean later) {}

    private void requireStamps(String table, String rows, String column) {
        requireNone(table, rows, column, "NULL", column + " IS NULL", "no reader would find them by their stamp");
        requireNone(table, rows, column, "infinity", "NOT isfinite(" + column + ")", "no stamp could be later");
    }

    private void requireNone(
            String table, String rows, String column, String value, String condition, String consequence) {
        long found = target.sql("SELECT count(*) FROM " + rows + " WHERE " + condition)
                .query(Long.class)
                .single();
        if (found > 0) {
            throw new LoadFailedException(new Failure(
                    FailureKind.SCHEMA,
                    Optional.empty(),
                    "table " + table + ": " + found + " rows have " + value + " in the column " + column + ", so that "
                            + consequence + "; run: UPDATE " + rows + " SET " + column + " = now() WHERE " + condition
                            + ", or name another column in loaded_at_column"));
        }
    }

    /** Ends the stamps of a table: a reader that asks up to where rows are stamped gets no answer. */
    public void stop(String table, long epoch) {
        target.sql("UPDATE " + status + " SET stamped_up_to = NULL WHERE table_name = ? AND epoch = ?")
                .params(table, epoch)
                .update();
    }

    /** Adds to the deletes feed that rows were deleted whose keys are not known, with the stamp of the transaction. */
    public void deletedUnnamed(String table, String loadId) {
        target.sql("INSERT INTO " + feed + " (table_name, key, deleted_at, load_id) VALUES (?, NULL, " + StampSql.STAMP
                        + ", ?)")
                .params(table, loadId)
                .update();
    }
}
