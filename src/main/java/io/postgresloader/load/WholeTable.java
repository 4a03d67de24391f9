package io.postgresloader.load;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.SourceTable;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.BatchResult;
import io.postgresloader.target.Replacement;
import io.postgresloader.tracking.DeleteRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Loads a table without a key: all of it as one page, one batch and one transaction. There is no key to page by, to
 * resume behind, or to name a bad row with.
 */
public final class WholeTable {
    private final LoadServices services;

    WholeTable(LoadServices services) {
        this.services = services;
    }

    /**
     * Refuses a table that is too large by the source's own estimate, before it is read in vain.
     *
     * @throws LoadFailedException of kind SCHEMA
     */
    static void requireSmall(SourceTable table) {
        if (table.estimatedBytes() > 4 * SourceTable.MOST_BYTES_WITHOUT_KEY) {
            throw tooLarge(table.name());
        }
    }

    /**
     * Makes sure that a page holds the whole table.
     *
     * @throws LoadFailedException of kind SCHEMA when the table is too large, of kind ROW_DATA when a row cannot be
     *     encoded
     */
    public static void require(String table, Page page) {
        if (!page.exhausted()) {
            throw tooLarge(table);
        }
        if (!page.rejected().isEmpty()) {
            DeadLetter row = page.rejected().get(0);
            throw Refusals.of(
                    FailureKind.ROW_DATA,
                    "table " + table + " has no key, so that a row that cannot be loaded stops it"
                            + row.column().map(column -> ": column " + column).orElse("") + ": "
                            + row.failure().message());
        }
    }

    private static RuntimeException tooLarge(String table) {
        return Refusals.schema(
                "table " + table + " has no key and more than " + (SourceTable.MOST_BYTES_WITHOUT_KEY >> 20)
                        + " MiB of rows, too many to be replaced in one piece; add a key to the source, or take the table out of"
                        + " the table list");
    }

    /**
     * Makes the target equal to the rows, in the running transaction.
     *
     * @throws LoadFailedException of kind SCHEMA when more rows would go than {@code max_delete_fraction} allows and
     *     nobody asked for a full load
     */
    BatchResult write(LoadRun run, RowBatch rows) {
        if (run.request().kind() != LoadRequest.Kind.FULL) {
            brake(run, rows.rows());
        }
        Connection connection = DataSourceUtils.getConnection(services.target());
        try {
            Replacement.Written written = new Replacement(connection, run.plan().target()).write(rows);
            if (written.deleted() > 0) {
                new DeleteRecords(services.warehouse())
                        .add(
                                run.bookmark().loadId(),
                                run.table(),
                                written.deleted(),
                                "rows that the source of a table without a key does not have");
            }
            return new BatchResult(written.inserted(), 0, rows.rows() - written.inserted(), List.of());
        } catch (SQLException e) {
            throw new LoadFailedException(SqlFailures.of(e));
        } finally {
            DataSourceUtils.releaseConnection(connection, services.target());
        }
    }

    private void brake(LoadRun run, long rows) {
        long there = services.targetTables().count(run.plan().target());
        if (!run.options().deletes().mayDelete(there - rows, there)) {
            throw Refusals.schema(String.format(
                    Locale.ROOT,
                    "table %s: %d of %d rows are gone from the source, more than max_delete_fraction (%.1f %%) allows,"
                            + " and none was deleted; see that the source is what it should be, then run once %s --full",
                    run.table(),
                    there - rows,
                    there,
                    100 * run.options().deletes().maxFraction(),
                    run.table()));
        }
    }
}
