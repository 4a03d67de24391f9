package io.postgresloader.load.plan;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.type.KeyFormat;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The open dead letters of a table, by key: a load closes those whose rows it writes. */
public final class OpenDeadLetters {
    private final KeyFormat keyFormat;
    private final Map<RowKey, Long> ids = new HashMap<>();

    /** @param keys the key of each, by entry id */
    public OpenDeadLetters(KeyFormat keyFormat, Map<Long, RowKey> keys) {
        this.keyFormat = keyFormat;
        keys.forEach((id, key) -> ids.put(key, id));
    }

    /** The entries whose rows are in this batch and did not become dead letters again. */
    public Set<Long> written(RowBatch batch, List<DeadLetter> deadLetters) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Set<RowKey> bad = deadLetters.stream().map(DeadLetter::key).collect(Collectors.toSet());
        Set<Long> written = new HashSet<>();
        for (int row = batch.from(); row < batch.to(); row++) {
            RowKey key = keyFormat.fromCells(batch.cells(row));
            Long id = ids.get(key);
            if (id != null && !bad.contains(key)) {
                written.add(id);
            }
        }
        return written;
    }

    /** The entries of rows that became dead letters again. */
    public Set<Long> idsOf(Collection<DeadLetter> deadLetters) {
        return deadLetters.stream()
                .map(DeadLetter::key)
                .map(ids::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** The entries whose rows a load did not read. */
    public List<Long> except(Set<Long> met) {
        return ids.values().stream().filter(id -> !met.contains(id)).toList();
    }
}
