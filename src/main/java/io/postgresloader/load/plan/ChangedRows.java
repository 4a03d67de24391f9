package io.postgresloader.load.plan;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the rows of a load that asks for changes: those since the watermarks, or all. A fallback to a full load has a
 * reason, and happens once for that reason.
 */
final class ChangedRows {
    private final PreparedTable table;
    private final Window window;
    private final Cursors cursors;
    private final Map<String, String> fingerprint;

    /**
     * @param cursors the cursor columns that can be used now
     * @param fingerprint what the watermarks depend on now
     */
    ChangedRows(PreparedTable table, Window window, Cursors cursors, Map<String, String> fingerprint) {
        this.table = table;
        this.window = window;
        this.cursors = cursors;
        this.fingerprint = fingerprint;
    }

    LoadChoice.Rows rows(LoadRequest request, TableState state) {
        LoadChoice choice = choice();
        Optional<String> fullBecause = fullBecause(request, state)
                .or(() -> choice.mode() == LoadMode.FULL ? Optional.of(because(choice.reason())) : Optional.empty());
        if (fullBecause.isPresent()) {
            return new LoadChoice.Rows(LoadType.FULL, fullBecause.get(), new Selection.All());
        }
        return since(state.watermarks().orElseThrow(), choice);
    }

    /** How the table is kept up to date once it is loaded. */
    LoadChoice choice() {
        return LoadChoice.of(table, cursors);
    }

    /** What has changed since these watermarks. */
    private LoadChoice.Rows since(Watermarks watermarks, LoadChoice choice) {
        boolean byCursors = choice.mode() == LoadMode.INCREMENTAL;
        List<Selection.CursorRange> ranges = byCursors
                ? cursors.usable().stream()
                        .map(cursor -> window.range(cursor, watermarks))
                        .toList()
                : List.of();
        Optional<Selection.KeyAbove> newKeys = table.integerKey().flatMap(column -> Window.newKeysAbove(
                        watermarks,
                        table.options().cursors().lookback(),
                        table.source().transactional())
                .map(key -> new Selection.KeyAbove(column, key)));
        if (ranges.isEmpty() && newKeys.isEmpty()) {
            return new LoadChoice.Rows(LoadType.FULL, because("no greatest key on record"), new Selection.All());
        }
        return new LoadChoice.Rows(
                byCursors ? LoadType.INCREMENTAL : LoadType.APPEND,
                because(choice.reason()),
                new Selection.Changed(ranges, table.options().cursors().logic(), newKeys));
    }

    private Optional<String> fullBecause(LoadRequest request, TableState state) {
        if (request.kind() == LoadRequest.Kind.FULL) {
            return Optional.of("asked for");
        }
        if (state.watermarks().isEmpty()) {
            return Optional.of("never loaded");
        }
        if (state.backfill().isPresent()) {
            return Optional.of(because(state.backfill().get()));
        }
        Optional<String> difference = Fingerprint.difference(state.fingerprint(), fingerprint);
        if (difference.isPresent()) {
            return Optional.of(because(difference.get()));
        }
        return Optional.empty();
    }

    private String because(String reason) {
        List<String> reasons = new ArrayList<>();
        reasons.add(reason);
        reasons.addAll(cursors.leftOut());
        return String.join("; ", reasons);
    }
}
