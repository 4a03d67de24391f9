package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedRowsTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final Map<String, String> FINGERPRINT =
            Map.of("key", "id", "columns", "id int", "bounds", "2000 on");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // asked for | loaded before | what changed | load: | integer key | cursor | type and reason
                "DUE |yes|-      |INCREMENTAL|yes|at|INCREMENTAL|changed by at",
                "FULL|yes|-      |INCREMENTAL|yes|at|FULL       |asked for",
                "DUE |no |-      |INCREMENTAL|yes|at|FULL       |never loaded",
                "DUE |yes|columns|INCREMENTAL|yes|at|INCREMENTAL|changed by at",
                "DUE |yes|bounds |INCREMENTAL|yes|at|FULL       |bounds changed",
                "DUE |yes|key    |INCREMENTAL|yes|at|FULL       |key changed",
                "DUE |yes|-      |FULL       |yes|at|FULL       |configured",
                "DUE |yes|-      |APPEND     |yes|at|APPEND     |new keys only",
                "DUE |yes|-      |INCREMENTAL|yes|- |APPEND     |new keys only; cursor column missing",
                "DUE |yes|-      |INCREMENTAL|no |at|INCREMENTAL|changed by at",
                "DUE |yes|-      |APPEND     |no |at|FULL       |no integer key and no usable cursor column",
                "DUE |yes|-      |INCREMENTAL|no |- |FULL       |no integer key and no usable cursor column; cursor column missing"
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
                ? new Cursors(List.of(), List.of("cursor column missing"))
                : new Cursors(List.of(new Cursor(cursor, CursorType.DATETIME)), List.of());
        PreparedTable table = table(mode, integerKey.equals("yes") ? "int" : "varchar");
        Window window = new Window(table.options(), new Horizon(NOW, NOW, Duration.ZERO, NOW));
        Optional<Watermarks> watermarks = loaded.equals("yes") ? Optional.of(watermarks()) : Optional.empty();
        Map<String, String> before = new HashMap<>(FINGERPRINT);
        if (changed != null) {
            before.put(changed, "something else");
        }

        LoadChoice.Rows plan = new ChangedRows(table, window, cursors, FINGERPRINT)
                .rows(LoadFixtures.request(asked), LoadFixtures.state(watermarks, before));

        assertThat(plan.type()).isEqualTo(type);
        assertThat(plan.reason()).isEqualTo(reason);
    }

    /** Every reason for a full load, and the next load once the full one has recorded the current state. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "never loaded                            |INCREMENTAL|changed by at",
                "bounds changed                          |INCREMENTAL|changed by at",
                "key changed                             |INCREMENTAL|changed by at",
                "no greatest key on record; at is no date|APPEND     |new keys only; at is no date"
            })
    void aReasonForAFullLoadCountsOnce(String reason, LoadType next, String nextReason) {
        boolean noCursor = reason.startsWith("no greatest key");
        Cursors cursors = noCursor
                ? new Cursors(List.of(), List.of("at is no date"))
                : new Cursors(List.of(new Cursor("at", CursorType.DATETIME)), List.of());
        PreparedTable table = table(LoadMode.INCREMENTAL, "int");
        Window window = new Window(table.options(), new Horizon(NOW, NOW, Duration.ZERO, NOW));
        ChangedRows planner = new ChangedRows(table, window, cursors, FINGERPRINT);
        Map<String, String> before = new HashMap<>(FINGERPRINT);
        before.computeIfPresent(reason.split(" ")[0], (part, value) -> "something else");
        Optional<Watermarks> loaded = reason.equals("never loaded")
                ? Optional.empty()
                : Optional.of(new Watermarks(NOW, Map.of("at", NOW), List.of()));

        LoadChoice.Rows full = planner.rows(LoadRequest.due("t"), LoadFixtures.state(loaded, before));
        Watermarks left = window.next(List.of(), cursors.usable(), true, Optional.of(BigInteger.TEN));
        LoadChoice.Rows second = planner.rows(LoadRequest.due("t"), LoadFixtures.state(Optional.of(left), FINGERPRINT));

        assertThat(full).isEqualTo(new LoadChoice.Rows(LoadType.FULL, reason, new Selection.All()));
        assertThat(second.type()).isEqualTo(next);
        assertThat(second.reason()).isEqualTo(nextReason);
    }

    @Test
    void anIncrementReadsEveryCursorFromItsWatermarkAndTheNewKeys() {
        PreparedTable table = table(LoadMode.INCREMENTAL, "int");
        Window window = new Window(table.options(), new Horizon(NOW, NOW, Duration.ZERO, NOW));
        List<Cursor> cursors = List.of(new Cursor("at", CursorType.DATETIME), new Cursor("on", CursorType.DATE));

        LoadChoice.Rows plan = new ChangedRows(table, window, new Cursors(cursors, List.of()), FINGERPRINT)
                .rows(LoadRequest.due("t"), LoadFixtures.state(Optional.of(watermarks()), FINGERPRINT));

        assertThat(plan.reason()).isEqualTo("changed by at or on");
        assertThat(plan.selection())
                .isEqualTo(new Selection.Changed(
                        cursors.stream().map(c -> window.range(c, watermarks())).toList(),
                        CursorLogic.OR,
                        Optional.of(
                                new Selection.KeyAbove("id", BigInteger.TEN.subtract(BigInteger.valueOf(10_000))))));
    }

    @Test
    void newKeysAreReadByThemselvesWhereTheTableIsAppendedTo() {
        PreparedTable table = table(LoadMode.APPEND, "int");
        Window window = new Window(table.options(), new Horizon(NOW, NOW, Duration.ZERO, NOW));
        Cursors cursors = new Cursors(List.of(new Cursor("at", CursorType.DATETIME)), List.of());

        LoadChoice.Rows plan = new ChangedRows(table, window, cursors, FINGERPRINT)
                .rows(LoadRequest.due("t"), LoadFixtures.state(Optional.of(watermarks()), FINGERPRINT));

        Selection.Changed changed = (Selection.Changed) plan.selection();
        assertThat(changed.ranges()).isEmpty();
        assertThat(changed.newKeys()).isPresent();
    }

    @Test
    void andLogicSaysWhatItMisses() {
        SourceTable source = LoadFixtures.source(List.of(LoadFixtures.key("id")), "id int");
        TableOptions options =
                LoadFixtures.options(List.of(), CursorLogic.AND, DateBounds.DEFAULT, LoadMode.INCREMENTAL);
        Window window = new Window(options, new Horizon(NOW, NOW, Duration.ZERO, NOW));
        Cursors cursors = new Cursors(
                List.of(new Cursor("at", CursorType.DATETIME), new Cursor("on", CursorType.DATE)),
                List.of("x is missing"));

        LoadChoice.Rows plan = new ChangedRows(LoadFixtures.prepared(options, source), window, cursors, FINGERPRINT)
                .rows(LoadRequest.due("t"), LoadFixtures.state(Optional.of(watermarks()), FINGERPRINT));

        assertThat(plan.reason())
                .isEqualTo("changed by at and on (and_logic misses rows whose columns change in different cycles);"
                        + " x is missing");
        assertThat(((Selection.Changed) plan.selection()).logic()).isEqualTo(CursorLogic.AND);
    }

    private static Watermarks watermarks() {
        return new Watermarks(NOW, Map.of("at", NOW), List.of(new KeyMark(NOW, BigInteger.TEN)));
    }

    private static PreparedTable table(LoadMode mode, String keyType) {
        SourceTable source = LoadFixtures.source(List.of(LoadFixtures.key("id")), "id " + keyType);
        return LoadFixtures.prepared(LoadFixtures.options(List.of(), CursorLogic.OR, DateBounds.DEFAULT, mode), source);
    }
}
