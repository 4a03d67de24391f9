package io.postgresloader.load;

import io.postgresloader.model.Cursor;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.tracking.TableState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plans a load from what both databases say now. */
final class LoadPlanning {
    private final LoadServices services;

    LoadPlanning(LoadServices services) {
        this.services = services;
    }

    /**
     * @param declared the cursor columns that the table has
     * @param fingerprint what the watermarks depend on now
     */
    LoadPlan plan(
            LoadRequest request,
            TableState state,
            PreparedTable table,
            Horizon horizon,
            Cursors declared,
            Map<String, String> fingerprint) {
        if (request.kind() == LoadRequest.Kind.REPLAY && state.watermarks().isPresent()) {
            return new LoadPlan(
                    LoadType.REPLAY,
                    "rows behind open dead letters",
                    request.keys().isEmpty() ? openKeys(table) : keys(table, request.keys()));
        }
        if (request.kind() == LoadRequest.Kind.REPAIR && table.key().none()) {
            return new LoadPlan(LoadType.FULL, "rows that a comparison found", new Selection.All());
        }
        if (request.kind() == LoadRequest.Kind.REPAIR) {
            return new LoadPlan(LoadType.REPAIR, "rows that a comparison found", keys(table, request.keys()));
        }
        if (request.kind() == LoadRequest.Kind.ADOPT) {
            return new LoadPlan(LoadType.ADOPT, Adoption.UNPROVEN, new Selection.Keys(List.of()));
        }
        Window window = new Window(table.options(), horizon);
        Cursors usable = declared.withValues(
                (Cursor cursor) -> services.sourceQueries().hasValueWithin(table.name(), window.bounds(cursor)));
        return new LoadPlanner(table, window, usable, fingerprint).plan(request, state);
    }

    private Selection openKeys(PreparedTable table) {
        return keys(table, services.deadLetters().openKeys(table.name()).values());
    }

    private static Selection keys(PreparedTable table, Collection<Map<String, String>> named) {
        List<List<Object>> keys = named.stream()
                .map(key -> table.key().columns().stream().map(key::get).toList())
                .filter(values -> values.stream().allMatch(Objects::nonNull))
                .map(table.keyFormat()::parameters)
                .toList();
        return new Selection.Keys(keys);
    }
}
