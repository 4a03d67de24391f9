package io.postgresloader.load.schema;

import io.postgresloader.load.LoadServices;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetSample;
import io.postgresloader.target.TargetTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that both sides have, read from places all over the target table.
 *
 * @param types the columns that both sides have, with their types in the target
 * @param pairs the rows
 * @param sampled how many rows of the target were read, with those that the source does not have
 * @param whole whether the target has no more rows
 */
record SampledRows(Map<String, String> types, List<Pair> pairs, int sampled, boolean whole) {
    static final SampledRows NONE = new SampledRows(Map.of(), List.of(), 0, true);

    static final int MOST = 2_000;

    private static final int KEYS_OF_ONE_READ = 200;

    /**
     * One row on both sides.
     *
     * @param source its cells in COPY format, in the order of the source's columns
     * @param target the same of the target; NULL for columns that the target does not have
     */
    record Pair(List<String> source, List<String> target) {}

    /** @param table the table, with the formats for the target's types */
    static SampledRows read(LoadServices services, PreparedTable table, ExistingTable existing) throws SQLException {
        List<String> all = table.source().columnNames();
        List<String> shared =
                all.stream().filter(existing.columns().keySet()::contains).toList();
        if (!shared.containsAll(table.key().columns())) {
            return NONE;
        }
        TargetTable target =
                new TargetTable(services.targetTables().schema(), table.name(), shared, table.key(), table.removal());
        TargetSample.Sample read = new TargetSample(services.warehouse()).rows(target, MOST);
        List<List<String>> sample = read.rows();
        List<Pair> pairs = new ArrayList<>();
        for (int from = 0; from < sample.size(); from += KEYS_OF_ONE_READ) {
            int to = Math.min(sample.size(), from + KEYS_OF_ONE_READ);
            pairs.addAll(pairs(services, table, spread(all, shared, sample.subList(from, to))));
        }
        Map<String, String> types = new LinkedHashMap<>();
        shared.forEach(
                column -> types.put(column, existing.columns().get(column).type()));
        return new SampledRows(types, pairs, sample.size(), read.whole());
    }

    private static List<List<String>> spread(List<String> all, List<String> shared, List<List<String>> rows) {
        int[] places = shared.stream().mapToInt(all::indexOf).toArray();
        List<List<String>> spread = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(Collections.nCopies(all.size(), "\\N"));
            for (int i = 0; i < places.length; i++) {
                cells.set(places[i], row.get(i));
            }
            spread.add(cells);
        }
        return spread;
    }

    private static Collection<Pair> pairs(LoadServices services, PreparedTable table, List<List<String>> targetRows)
            throws SQLException {
        Map<RowKey, List<String>> byKey = new HashMap<>();
        targetRows.forEach(cells -> key(table, cells).ifPresent(key -> byKey.put(key, cells)));
        if (byKey.isEmpty()) {
            return List.of();
        }
        Page page = services.sourceRows().read(table.rowsWith(List.copyOf(byKey.keySet())));
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < page.rows().rows(); row++) {
            List<String> cells = page.rows().cells(row);
            List<String> other = byKey.get(table.keyFormat().fromCells(cells));
            if (other != null) {
                pairs.add(new Pair(cells, other));
            }
        }
        return pairs;
    }

    /** Empty for a key that the source's type cannot have: such a row is extra. */
    private static Optional<RowKey> key(PreparedTable table, List<String> cells) {
        try {
            RowKey key = table.keyFormat().fromCells(cells);
            table.keyFormat().parameters(key);
            return Optional.of(key);
        } catch (IllegalArgumentException | IndexOutOfBoundsException noKeyOfTheSource) {
            return Optional.empty();
        }
    }
}
