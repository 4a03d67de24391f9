package io.postgresloader.load;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Column;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadOptions;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tables as loads see them. */
public final class LoadFixtures {
    private LoadFixtures() {}

    public static Column column(String name, String columnType) {
        return new Column(
                name,
                columnType.replaceAll("[( ].*", ""),
                columnType,
                false,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** A table {@code t}, each column given as {@code name type}. */
    public static SourceTable source(List<Key> keys, String... columns) {
        List<Column> read = Arrays.stream(columns)
                .map(text -> text.split(" ", 2))
                .map(parts -> column(parts[0], parts[1]))
                .toList();
        return new SourceTable("t", read, keys, 0);
    }

    public static Key key(String... columns) {
        return new Key(List.of(columns));
    }

    public static PreparedTable prepared(TableOptions options, SourceTable source) {
        Key key = source.keys().get(0);
        return new PreparedTable(
                options,
                source,
                key,
                RowFormat.of(source, options.columns()),
                new KeyFormat(source, key),
                Map.of(),
                DeletePolicy.DELETE,
                Optional.empty());
    }

    public static TableOptions options(List<String> primaryKey) {
        return options(primaryKey, CursorLogic.OR, DateBounds.DEFAULT, LoadMode.INCREMENTAL);
    }

    public static TableOptions options(DateBounds bounds) {
        return options(List.of(), CursorLogic.OR, bounds, LoadMode.INCREMENTAL);
    }

    public static TableOptions options(List<String> primaryKey, List<String> cursorColumns, LoadMode mode) {
        return options(primaryKey, cursorColumns, CursorLogic.OR, DateBounds.DEFAULT, mode);
    }

    public static TableOptions options(List<String> primaryKey, CursorLogic logic, DateBounds bounds, LoadMode mode) {
        return options(primaryKey, List.of(), logic, bounds, mode);
    }

    private static TableOptions options(
            List<String> primaryKey, List<String> cursorColumns, CursorLogic logic, DateBounds bounds, LoadMode mode) {
        TableOptions defaults = TableOptions.defaults("t");
        return new TableOptions(
                "t",
                primaryKey,
                new CursorOptions(cursorColumns, logic, bounds, CursorOptions.DEFAULT.lookback()),
                new LoadOptions(
                        mode,
                        LoadOptions.DEFAULT.schedule(),
                        LoadOptions.DEFAULT.skipUnchanged(),
                        LoadOptions.DEFAULT.maxDeadLetterFraction()),
                defaults.reconcile(),
                defaults.deletes(),
                defaults.columns());
    }

    public static TableState state(Optional<Watermarks> watermarks, Map<String, String> fingerprint) {
        return new TableState(
                1,
                new TableState.Ended("success", null, null),
                watermarks,
                fingerprint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static LoadRequest request(LoadRequest.Kind kind) {
        return new LoadRequest("t", kind, true);
    }
}
