package io.postgresloader.load.run;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Counts;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.source.PageSequence;
import io.postgresloader.target.ConflictMerge;
import io.postgresloader.target.TargetFailures;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Retries rows at the end of their load that became dead letters because another row of the target had their value:
 * that row may have changed in the same load. Until then they are open dead letters, so that no crash loses them.
 */
final class Conflicts {
    /** The most rows of a load that are retried. */
    static final int MOST = 20_000;

    private static final int KEYS_AT_ONCE = 1_000;

    private final LoadServices services;

    Conflicts(LoadServices services) {
        this.services = services;
    }

    /**
     * What the retry changed.
     *
     * @param counts how the load's counts change: rows that were written are not dead letters any more
     * @param openBefore how many of those were open dead letters before the load
     */
    record Settled(Counts counts, long openBefore) {
        static final Settled NONE = new Settled(Counts.NONE, 0);
    }

    /** Writes the rows within the transaction that ends the load. */
    Settled settle(Claim claim, LoadPlan.Reading plan, Position position) {
        if (position.counts().deadLettered() == 0) {
            return Settled.NONE;
        }
        String loadId = position.bookmark().load().loadId();
        Map<Long, RowKey> open = services.deadLetters().conflicts(plan.table().name(), loadId, MOST);
        if (open.isEmpty()) {
            return Settled.NONE;
        }
        Chunks.lock(services, claim, plan.table().stamp());
        try {
            return settle(plan, loadId, open);
        } catch (SQLException e) {
            throw new LoadFailedException(
                    new TargetFailures(services.warehouse()).of(plan.table().name(), e));
        }
    }

    private Settled settle(LoadPlan.Reading plan, String loadId, Map<Long, RowKey> open) throws SQLException {
        PreparedTable table = plan.table();
        return services.warehouse().onCurrentConnection(connection -> {
            ConflictMerge merge = new ConflictMerge(
                    connection, table.target(services.targetTables().schema()), table.keyFormat());
            Set<RowKey> found = stage(table, List.copyOf(open.values()), merge);
            ConflictMerge.Result result = merge.merge(keys -> inSource(table, keys));
            List<Long> closed = open.entrySet().stream()
                    .filter(entry -> result.arrived().contains(entry.getValue()) || !found.contains(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            int openBefore = services.deadLetters()
                    .openBefore(table.name(), loadId, List.copyOf(result.arrived()))
                    .size();
            services.deadLetters().close(closed, Loads.closedState(plan));
            return new Settled(counts(result), openBefore);
        });
    }

    private static Counts counts(ConflictMerge.Result result) {
        return new Counts(
                0,
                result.inserted(),
                result.updated(),
                result.unchanged(),
                -result.arrived().size(),
                MappedValues.NONE);
    }

    private Set<RowKey> inSource(PreparedTable table, List<RowKey> keys) throws SQLException {
        Set<RowKey> found = new HashSet<>();
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            Page page = services.sourceRows()
                    .read(table.rowsWith(keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE))));
            for (int row = 0; row < page.rows().rows(); row++) {
                found.add(table.keyFormat().fromCells(page.rows().cells(row)));
            }
            page.deadLetters().stream().map(DeadLetter::key).forEach(found::add);
        }
        return found;
    }

    /** Reads the current rows and returns the keys of those that still exist. */
    private Set<RowKey> stage(PreparedTable table, List<RowKey> keys, ConflictMerge merge) throws SQLException {
        Set<RowKey> found = new HashSet<>();
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<List<Object>> parameters = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE)).stream()
                    .map(table.keyFormat()::parameters)
                    .toList();
            stage(table, new Selection.Keys(parameters), merge, found);
        }
        return found;
    }

    private void stage(PreparedTable table, Selection keys, ConflictMerge merge, Set<RowKey> found)
            throws SQLException {
        PageSequence sequence = PageSequence.behind(RowKey.NONE);
        Page page;
        do {
            page = services.sourceRows()
                    .read(table.page(
                            keys,
                            sequence.last(),
                            Optional.empty(),
                            KEYS_AT_ONCE + 1,
                            services.firstPage(table.source()).maxBytes()));
            merge.add(page.rows());
            for (int row = 0; row < page.rows().rows(); row++) {
                found.add(table.keyFormat().fromCells(page.rows().cells(row)));
            }
            page.deadLetters().stream().map(DeadLetter::key).forEach(found::add);
            sequence = sequence.next(table.name(), table.keyFormat(), page.lastKey());
        } while (!page.exhausted());
    }
}
