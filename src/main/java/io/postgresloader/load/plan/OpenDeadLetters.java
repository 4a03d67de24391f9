package io.postgresloader.load.plan;

import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.RowBatch;
import io.postgresloader.model.RowKey;
import io.postgresloader.type.KeyFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The open dead letters of a table: a load closes those whose rows it writes. Up to {@link #HELD} of them are held in
 * memory by key. Of more, none is held, and the keys of each batch are looked up in the target.
 */
public final class OpenDeadLetters {
    /** A few MB of keys. */
    public static final int HELD = 10_000;

    public static final OpenDeadLetters NONE = new OpenDeadLetters(Map.of());

    private final Map<RowKey, Long> ids = new HashMap<>();
    private final boolean held;

    private OpenDeadLetters(Map<Long, RowKey> keys, boolean held) {
        keys.forEach((id, key) -> ids.put(key, id));
        this.held = held;
    }

    /** @param keys the keys of all entries that the load may close, by entry id */
    public OpenDeadLetters(Map<Long, RowKey> keys) {
        this(keys, true);
    }

    /** @param first the keys of the first entries, by entry id: all, if there are no more than {@link #HELD} */
    static OpenDeadLetters ofFirst(Map<Long, RowKey> first) {
        return first.size() > HELD ? new OpenDeadLetters(Map.of(), false) : new OpenDeadLetters(first);
    }

    /** The keys of the entries that are held. */
    Collection<RowKey> keys() {
        return ids.keySet();
    }

    /** The ids of the entries that are held. */
    public List<Long> ids() {
        return List.copyOf(ids.values());
    }

    /**
     * Which of these rows were open dead letters already.
     *
     * @param lookUp those of some keys that had an open entry; used if the entries are too many to be held
     */
    public Set<RowKey> among(List<DeadLetter> deadLetters, Function<List<RowKey>, Collection<RowKey>> lookUp) {
        if (deadLetters.isEmpty() || held && ids.isEmpty()) {
            return Set.of();
        }
        List<RowKey> keys = deadLetters.stream().map(DeadLetter::key).toList();
        return held
                ? keys.stream().filter(ids::containsKey).collect(Collectors.toSet())
                : Set.copyOf(lookUp.apply(keys));
    }

    /**
     * The ids of the entries whose rows are in this batch and did not become dead letters again.
     *
     * @param lookUp the ids of open entries with these keys; used if the entries are too many to be held
     */
    public Collection<Long> written(
            KeyFormat keyFormat,
            RowBatch batch,
            List<DeadLetter> deadLetters,
            Function<List<RowKey>, Collection<Long>> lookUp) {
        if (held && ids.isEmpty()) {
            return List.of();
        }
        Set<RowKey> bad = deadLetters.stream().map(DeadLetter::key).collect(Collectors.toSet());
        List<Long> written = new ArrayList<>();
        // A batch may have a million rows: their keys are not held together.
        for (int from = batch.from(); from < batch.to(); from += HELD) {
            List<RowKey> keys = IntStream.range(from, Math.min(batch.to(), from + HELD))
                    .mapToObj(row -> keyFormat.fromCells(batch.cells(row)))
                    .filter(key -> !bad.contains(key) && (!held || ids.containsKey(key)))
                    .toList();
            written.addAll(held ? keys.stream().map(ids::get).toList() : lookUp.apply(keys));
        }
        return written;
    }
}
