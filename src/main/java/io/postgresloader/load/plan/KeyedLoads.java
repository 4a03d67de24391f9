package io.postgresloader.load.plan;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.tracking.TableState;
import io.postgresloader.type.KeyFormat;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Selects the rows of a request that names keys: those of dead letters, those to repair, or none. */
final class KeyedLoads {
    private static final String FOUND = "rows that a comparison found";

    private KeyedLoads() {}

    /**
     * @param openDeadLetters the keys that a replay of all open dead letters reads
     * @return empty for a request that asks for changes
     */
    static Optional<LoadChoice.Rows> rows(
            LoadRequest request, TableState state, PreparedTable table, Collection<RowKey> openDeadLetters) {
        return switch (request.kind()) {
            case REPLAY -> state.watermarks()
                    .map(loadedBefore -> new LoadChoice.Rows(
                            LoadType.REPLAY,
                            "rows behind open dead letters",
                            keys(table, request.keys().isEmpty() ? openDeadLetters : request.keys())));
            case REPAIR -> Optional.of(
                    table.key().none()
                            ? new LoadChoice.Rows(LoadType.FULL, FOUND, new Selection.All())
                            : new LoadChoice.Rows(LoadType.REPAIR, FOUND, keys(table, request.keys())));
            case ADOPT -> Optional.of(
                    new LoadChoice.Rows(LoadType.ADOPT, Adoption.REASON, new Selection.Keys(List.of())));
            case DUE, FULL -> Optional.empty();
        };
    }

    private static Selection keys(PreparedTable table, Collection<RowKey> keys) {
        KeyFormat format = table.keyFormat();
        return new Selection.Keys(
                keys.stream().filter(format::fits).map(format::parameters).toList());
    }
}
