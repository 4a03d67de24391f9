package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.PreparedTable;
import io.postgresloader.load.TableInspector;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Page;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.RowRemoval;
import io.postgresloader.target.TargetTable;
import io.postgresloader.tracking.DeleteRecords;
import io.postgresloader.tracking.LoadLock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Treats rows that only the target has, by the table's {@code deletes}. It holds the table's lock, and takes away only
 * what a read of the source by key, made under it, still does not find.
 */
public final class ExtraRows {
    private static final int AT_ONCE = 500;

    private final LoadServices services;
    private final SourceRows source;
    private final TransactionTemplate transaction;

    public ExtraRows(LoadServices services) {
        this.services = services;
        this.source = services.sourceRows();
        this.transaction = services.warehouse().transaction();
    }

    /**
     * What was done.
     *
     * @param removed rows that were deleted or marked
     * @param refused why nothing was done, and what to do; empty: it was done
     */
    public record Result(long removed, Optional<String> refused) {}

    /**
     * @param keys the keys of rows that only the target seems to have
     * @param extra how many such rows there are; there may be more than keys
     * @param force whether to do it however many they are
     */
    public Result treat(String tableName, List<Map<String, String>> keys, long extra, boolean force)
            throws SQLException, InterruptedException {
        TableOptions options = services.catalog().get().table(tableName).orElseThrow();
        if (keys.isEmpty() || options.deletes() == DeletePolicy.IGNORE) {
            return new Result(0, Optional.empty());
        }
        LoadLock lock = LoadLock.take(services.warehouse(), tableName, () -> {});
        try {
            PreparedTable table = new TableInspector(services).ready(options);
            TargetTable target = table.target(services.settings().targetSchema());
            Optional<String> refused = force ? Optional.empty() : brake(options, target, extra);
            return new Result(refused.isPresent() ? 0 : remove(table, target, keys), refused);
        } finally {
            lock.close();
        }
    }

    private Optional<String> brake(TableOptions options, TargetTable target, long extra) {
        long rows = services.targetTables().count(target);
        if (options.mayDelete(extra, rows)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d of %d rows are gone from the source, more than max_delete_fraction (%.1f %%) allows, and none was"
                        + " deleted; see that the source is what it should be, then run verify %s --repair"
                        + " --force-deletes",
                extra,
                rows,
                100 * options.maxDeleteFraction(),
                options.table()));
    }

    private long remove(PreparedTable table, TargetTable target, List<Map<String, String>> keys) throws SQLException {
        String id = UUID.randomUUID().toString();
        long removed = 0;
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<List<String>> gone = stillGone(
                    table,
                    keys.subList(from, Math.min(keys.size(), from + AT_ONCE)).stream()
                            .map(key -> List.copyOf(key.values()))
                            .toList());
            removed += gone.isEmpty() ? 0 : remove(id, target, gone);
        }
        return removed;
    }

    private long remove(String id, TargetTable target, List<List<String>> keys) {
        return transaction.execute(status -> {
            try {
                long removed = new RowRemoval(services.warehouse(), target).remove(keys);
                new DeleteRecords(services.warehouse())
                        .add(id, target.name(), removed, "rows that are gone from the source, found by a comparison");
                return removed;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** As the target reads them. */
    private List<List<String>> stillGone(PreparedTable table, List<List<String>> keys) throws SQLException {
        Page page = table.rowsWith(keys, source);
        Set<List<String>> present = new HashSet<>();
        for (int row = 0; row < page.rows().rows(); row++) {
            present.add(table.keyFormat().fromCells(page.rows().cells(row)));
        }
        for (DeadLetter rejected : page.rejected()) {
            present.add(List.copyOf(rejected.key().values()));
        }
        List<List<String>> gone = new ArrayList<>(keys);
        gone.removeAll(present);
        return gone.stream().map(table.keyFormat()::toTarget).toList();
    }
}
