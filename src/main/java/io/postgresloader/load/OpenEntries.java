package io.postgresloader.load;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.RowBatch;
import io.postgresloader.type.KeyFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The open dead letters of a table, by key: to see which of their rows a load brings after all. */
final class OpenEntries {
    private final KeyFormat keyFormat;
    private final Map<Map<String, String>, Long> ids = new HashMap<>();
    private final Set<Long> met = new HashSet<>();

    /** @param keys key column to value, by entry id */
    OpenEntries(KeyFormat keyFormat, Map<Long, Map<String, String>> keys) {
        this.keyFormat = keyFormat;
        keys.forEach((id, key) -> ids.put(key, id));
    }

    /** The entries whose rows are in this batch and were not refused. */
    List<Long> arrived(RowBatch batch, List<DeadLetter> refused) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Set<Map<String, String>> bad = refused.stream().map(DeadLetter::key).collect(Collectors.toSet());
        List<Long> arrived = new ArrayList<>();
        for (int row = batch.from(); row < batch.to(); row++) {
            Map<String, String> key = keyFormat.named(keyFormat.fromCells(batch.cells(row)));
            Long id = ids.get(key);
            if (id != null && !bad.contains(key)) {
                arrived.add(id);
            }
        }
        met.addAll(arrived);
        return arrived;
    }

    /** Remembers that the rows of these dead letters are still in the source. */
    void stillRefused(List<DeadLetter> refused) {
        refused.stream()
                .map(DeadLetter::key)
                .map(ids::get)
                .filter(id -> id != null)
                .forEach(met::add);
    }

    /** The entries whose rows this load did not meet. */
    List<Long> notMet() {
        return ids.values().stream().filter(id -> !met.contains(id)).toList();
    }
}
