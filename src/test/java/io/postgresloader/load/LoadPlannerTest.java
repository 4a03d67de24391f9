package io.postgresloader.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Column;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.Key;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadPlannerTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final Map<String, String> FINGERPRINT = Map.of("key", "id", "columns", "id int");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // asked for | loaded before | what changed | load: | integer key | cursor | type and reason
                "DUE |yes|-      |INCREMENTAL|yes|at|INCREMENTAL|changed by at",
                "FULL|yes|-      |INCREMENTAL|yes|at|FULL       |asked for",
                "DUE |no |-      |INCREMENTAL|yes|at|FULL       |never loaded",
                "DUE |yes|columns|INCREMENTAL|yes|at|FULL       |columns changed",
                "DUE |yes|key    |INCREMENTAL|yes|at|FULL       |key changed",
                "DUE |yes|-      |FULL       |yes|at|FULL       |configured",
                "DUE |yes|-      |APPEND     |yes|at|APPEND     |new keys only",
                "DUE |yes|-      |INCREMENTAL|yes|- |APPEND     |new keys only; cursor column gone",
                "DUE |yes|-      |INCREMENTAL|no |at|INCREMENTAL|changed by at",
                "DUE |yes|-      |APPEND     |no |at|FULL       |no integer key and no usable cursor column",
                "DUE |yes|-      |INCREMENTAL|no |- |FULL       |no integer key and no usable cursor column; cursor column gone"
            })
    void whatIsDueAndWhy(
            LoadRequest.Kind asked,
            String loaded,
            String changed,
            LoadMode mode,
            String integerKey,
            String cursor,
            LoadType type,
            String reason) {
        Cursors cursors = cursor == null
                ? new Cursors(List.of(), List.of("cursor column gone"))
                : new Cursors(List.of(new Cursor(cursor, CursorType.DATETIME)), List.of());
        PreparedTable table = table(mode, integerKey.equals("yes") ? "int" : "varchar");
        Window window = new Window(table.options(), new Horizon(NOW, NOW, Duration.ZERO, NOW));
        Optional<Watermarks> watermarks = loaded.equals("yes") ? Optional.of(watermarks()) : Optional.empty();
        Map<String, String> before = new java.util.HashMap<>(FINGERPRINT);
        if (changed != null) {
            before.put(changed, "something else");
        }

        LoadPlan plan = new LoadPlanner(table, window, cursors, FINGERPRINT)
                .plan(
                        new LoadRequest("t", asked, true),
                        new TableState(
                                1, new TableState.Ended("success", null, null), watermarks, before, Optional.empty()));

        assertThat(plan.type()).isEqualTo(type);
        assertThat(plan.reason()).isEqualTo(reason);
    }

    private static Watermarks watermarks() {
        return new Watermarks(NOW, Map.of("at", NOW), List.of(new KeyMark(NOW, BigInteger.TEN)));
    }

    private static PreparedTable table(LoadMode mode, String keyType) {
        TableOptions defaults = TableOptions.defaults("t");
        TableOptions options = new TableOptions(
                "t",
                List.of(),
                List.of("at"),
                defaults.cursorLogic(),
                defaults.bounds(),
                defaults.schedule(),
                mode,
                defaults.lookback(),
                true,
                defaults.reconcile(),
                defaults.deletes(),
                Map.of());
        Column key = new Column(
                "id", keyType, keyType, false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        SourceTable source = new SourceTable("t", List.of(key), List.of(new Key(List.of("id"))), 0);
        return new PreparedTable(
                options,
                source,
                source.keys().get(0),
                RowFormat.of(source, Map.of()),
                new KeyFormat(source, source.keys().get(0)));
    }
}
