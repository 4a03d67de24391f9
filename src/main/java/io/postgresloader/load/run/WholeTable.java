package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.SourceTable;
import io.postgresloader.target.BatchResult;
import io.postgresloader.target.Replacement;
import io.postgresloader.target.TargetFailures;
import io.postgresloader.target.TargetTable;
import io.postgresloader.tracking.RemovalRecords;
import io.postgresloader.tracking.RowStamps;
import io.postgresloader.tracking.TargetStates;
import java.sql.SQLException;
import java.util.List;

/**
 * Loads a table without a key: all of it as one page, one batch and one transaction. Without a key the table cannot be
 * paged, its load cannot be resumed, and a row that cannot be written cannot be named in a dead letter.
 */
public final class WholeTable {
    private final LoadServices services;

    WholeTable(LoadServices services) {
        this.services = services;
    }

    /**
     * Fails if the table is too large by the source's own estimate, before it is read.
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
        if (!page.deadLetters().isEmpty()) {
            DeadLetter row = page.deadLetters().get(0);
            throw LoadErrors.of(
                    FailureKind.ROW_DATA,
                    "table " + table + " has no key, so that a row that cannot be loaded stops it"
                            + row.column().map(column -> ": column " + column).orElse("") + ": "
                            + row.failure().message());
        }
    }

    private static RuntimeException tooLarge(String table) {
        return LoadErrors.schema(
                "table " + table + " has no key and more than " + (SourceTable.MOST_BYTES_WITHOUT_KEY >> 20)
                        + " MiB of rows, too many to be replaced in one piece; add a key to the source, or remove the"
                        + " table from the table list");
    }

    /**
     * Makes the target equal to the rows, in the running transaction, which a failure rolls back.
     *
     * @throws LoadFailedException of kind SCHEMA when the table has fewer rows than {@code max_delete_fraction} allows,
     *     and the load is not a requested full load; or when the source may have lost the rows that were deleted, and the
     *     request does not accept that
     */
    BatchResult write(Claim claim, LoadPlan.Reading plan, String loadId, RowBatch rows) {
        TargetTable table = plan.table().target(services.targetTables().schema());
        try {
            Replacement.Written written = services.warehouse()
                    .onCurrentConnection(connection -> new Replacement(connection, table).write(rows));
            new WholeTableDeletes(services).requireAllowed(claim, plan.table(), written, rows.rows());
            if (written.deleted() > 0) {
                new TargetStates(services.warehouse()).deleting(claim.table(), written.deleted());
                if (table.stamp().isPresent()) {
                    new RowStamps(services.warehouse()).deletedUnnamed(claim.table(), loadId);
                }
                new RemovalRecords(services.warehouse())
                        .deleted(
                                loadId,
                                claim.table(),
                                written.deleted(),
                                "rows that the source of a table without a key does not have");
            }
            return new BatchResult(written.inserted(), 0, rows.rows() - written.inserted(), List.of());
        } catch (SQLException e) {
            throw new LoadFailedException(new TargetFailures(services.warehouse()).of(table.name(), e));
        }
    }
}
