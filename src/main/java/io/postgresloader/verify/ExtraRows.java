package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.LostRows;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.TableInspector;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.RowRemoval;
import io.postgresloader.target.TargetFailures;
import io.postgresloader.target.TargetTable;
import io.postgresloader.tracking.FreshnessRecords;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.tracking.RemovalRecords;
import io.postgresloader.tracking.RowStamps;
import io.postgresloader.tracking.TargetStates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes or marks rows that only the target has, as the table's {@code deletes} option says. It holds the table's lock
 * while it reads the source again by key, and removes only rows that this read does not find.
 */
public final class ExtraRows {
    private static final Logger LOG = LoggerFactory.getLogger(ExtraRows.class);

    private static final int BATCH_KEYS = 500;

    private final LoadServices services;
    private final SourceRows source;
    private final TransactionTemplate transaction;

    public ExtraRows(LoadServices services) {
        this.services = services;
        this.source = services.sourceRows();
        this.transaction = services.warehouse().transaction();
    }

    /**
     * The result of a removal.
     *
     * @param rows rows that were deleted or marked
     * @param removal whether they were deleted or marked
     * @param overLimit why no row was removed, and what to do; empty: the delete limit was kept, and no sign says that
     *     the source has lost rows
     */
    record Result(long rows, DeletePolicy removal, Optional<String> overLimit) {
        static final Result NOTHING = new Result(0, DeletePolicy.IGNORE, Optional.empty());
    }

    /**
     * @param keys the keys of rows that only the target seems to have
     * @param extra how many such rows there are; may exceed the number of keys
     * @param force whether rows are deleted above the delete limit, and although the source may have lost them
     */
    Result remove(String tableName, List<RowKey> keys, long extra, boolean force)
            throws SQLException, InterruptedException {
        TableOptions options = services.catalog().get().table(tableName).orElseThrow();
        if (keys.isEmpty() || !options.deletes().policy().removes()) {
            return Result.NOTHING;
        }
        LoadLock lock = LoadLock.take(
                services.warehouse(), tableName, () -> {}, silent -> LOG.warn("{}: {}", tableName, silent));
        try {
            PreparedTable table = new TableInspector(services).ready(options);
            TargetTable target = table.target(services.settings().targetSchema());
            Optional<String> overLimit = force ? Optional.empty() : kept(table, target, extra);
            long removed = overLimit.isPresent() ? 0 : remove(table, target, keys);
            return new Result(removed, target.removal(), overLimit);
        } finally {
            lock.close();
        }
    }

    /** Why the rows are kept; empty: they may be removed. */
    private Optional<String> kept(PreparedTable table, TargetTable target, long extra) {
        long rows = services.targetTables().count(target);
        return new LostRows(services)
                .possible(table.source(), table.key(), extra, rows)
                .or(() -> overLimit(table.options(), extra, rows));
    }

    private static Optional<String> overLimit(TableOptions options, long extra, long rows) {
        if (options.deletes().mayDelete(extra, rows)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d of %d rows were deleted in the source, more than the delete limit (%.1f %%) allows; no row was"
                        + " deleted in the target; see which with verify %s --keys FILE; if the source deleted them on"
                        + " purpose, run verify %s --repair --force-deletes, else restore them in the source",
                extra,
                rows,
                100 * options.deletes().maxFraction(),
                options.table(),
                options.table()));
    }

    private long remove(PreparedTable table, TargetTable target, List<RowKey> keys) throws SQLException {
        String id = UUID.randomUUID().toString();
        long removed = 0;
        for (int from = 0; from < keys.size(); from += BATCH_KEYS) {
            List<List<String>> deleted =
                    stillNotInSource(table, keys.subList(from, Math.min(keys.size(), from + BATCH_KEYS)));
            removed += deleted.isEmpty() ? 0 : remove(id, target, deleted);
        }
        return removed;
    }

    private long remove(String id, TargetTable target, List<List<String>> keys) {
        return transaction.execute(status -> {
            try {
                long removed = new RowRemoval(services.warehouse(), stamped(target)).remove(keys, id);
                if (target.removal() == DeletePolicy.DELETE) {
                    new TargetStates(services.warehouse()).deleting(target.name(), removed);
                    new FreshnessRecords(services.warehouse()).presentChanged(target.name(), -removed);
                }
                new RemovalRecords(services.warehouse())
                        .deleted(id, target.name(), removed, "rows deleted in the source, found by a comparison");
                return removed;
            } catch (SQLException e) {
                throw new LoadFailedException(new TargetFailures(services.warehouse()).of(target.name(), e));
            }
        });
    }

    /** The table with the stamp of the running transaction; without it if no load has begun to stamp the rows. */
    private TargetTable stamped(TargetTable target) {
        return target.stamp()
                .filter(column -> !new RowStamps(services.warehouse()).take(target.name(), column))
                .map(column -> target.unstamped())
                .orElse(target);
    }

    /** Those of the keys that the source does not have, in the form that the target reads. */
    private List<List<String>> stillNotInSource(PreparedTable table, List<RowKey> keys) throws SQLException {
        Page page = source.read(table.rowsWith(keys));
        Set<RowKey> present = new HashSet<>();
        for (int row = 0; row < page.rows().rows(); row++) {
            present.add(table.keyFormat().fromCells(page.rows().cells(row)));
        }
        page.deadLetters().stream().map(DeadLetter::key).forEach(present::add);
        List<RowKey> deleted = new ArrayList<>(keys);
        deleted.removeAll(present);
        return deleted.stream().map(table.keyFormat()::toTarget).toList();
    }
}
