package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.load.plan.LoadPlan.StartKind;
import io.postgresloader.load.schema.Preparation;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.SchemaChange;
import io.postgresloader.load.schema.Stamping;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.Selection;
import io.postgresloader.model.Watermarks;
import io.postgresloader.source.ClockReading;
import io.postgresloader.source.ServerIdentity;
import io.postgresloader.tracking.TableState;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a load begins, and which scope it keeps. */
class LoadPlannerTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final LocalDateTime BEFORE = NOW.minusHours(1);
    private static final Failure LOST = new Failure(FailureKind.TRANSIENT, Optional.of("08006"), "lost");
    private static final Failure NO_COLUMN = new Failure(FailureKind.SCHEMA, Optional.of("42703"), "no column");
    private static final Failure MISCOUNT = new Failure(FailureKind.INTEGRITY, Optional.empty(), "rows are missing");
    private static final PreparedTable TABLE = LoadFixtures.prepared(
            LoadFixtures.options(List.of(), List.of(), LoadMode.APPEND),
            LoadFixtures.source(List.of(LoadFixtures.key("id")), "id int"));
    private static final Map<String, String> FINGERPRINT = Fingerprint.of(TABLE, List.of());
    private static final Map<String, String> OTHER = Map.of("key", "other");

    @ParameterizedTest
    @CsvSource({
        // request, fingerprint of the stored bookmark, where reading begins
        "DUE,    same,  RESUMED",
        "DUE,    other, NEW",
        "FULL,   same,  NEW",
        "REPAIR, same,  NEW"
    })
    void anUnfinishedLoadIsResumedIfItsFingerprintIsEqual(LoadRequest.Kind kind, String fingerprint, StartKind start) {
        TableState state = state(Optional.of(bookmark(fingerprint.equals("same") ? FINGERPRINT : OTHER)));

        LoadPlan.Reading plan = LoadPlanner.plan(LoadFixtures.request(kind), state, facts(true), Optional.empty());

        assertThat(plan.start().kind()).isEqualTo(start);
    }

    @Test
    void aResumedLoadKeepsTheHorizonOfItsFirstStart() {
        LoadPlan.Reading plan = LoadPlanner.plan(
                LoadRequest.due("t"), state(Optional.of(bookmark(FINGERPRINT))), facts(true), Optional.empty());

        assertThat(plan.scope().horizon().utc()).isEqualTo(BEFORE);
        assertThat(plan.next().horizon()).isEqualTo(BEFORE);
        assertThat(plan.reason()).isEqualTo("resumed: never loaded");
        assertThat(plan.lastKey().values()).containsExactly(entry("id", "7"));
    }

    @ParameterizedTest
    @CsvSource({
        // why the attempt before failed, the fingerprint of its plan, whether the table has lost its rows since, where
        // the next attempt begins, its horizon
        "lost,     same,  false, RETRIED,   before",
        "lost,     same,  true,  REPLANNED, now",
        "lost,     other, false, REPLANNED, now",
        "column,   other, false, REPLANNED, now",
        "miscount, same,  false, RECOUNTED, now"
    })
    void aRetryResumesUnlessItsPlanIsOutdated(
            String failure, String fingerprint, boolean emptied, StartKind start, String horizon) {
        Bookmark reached = bookmark(fingerprint.equals("same") ? FINGERPRINT : OTHER);

        LoadPlan.Reading plan = LoadPlanner.plan(
                LoadRequest.due("t"),
                state(Optional.of(reached)),
                facts(true),
                Optional.of(new EarlierAttempt(reached, failure(failure), emptied)));

        assertThat(plan.start().kind()).isEqualTo(start);
        assertThat(plan.start().bookmark()).contains(reached);
        assertThat(plan.scope().horizon().utc()).isEqualTo(horizon.equals("now") ? NOW : BEFORE);
        assertThat(plan.lastKey().isEmpty()).isEqualTo(horizon.equals("now"));
    }

    @Test
    void aStatementIsNotRetriedIfTheTableHasNotChanged() {
        Bookmark reached = bookmark(FINGERPRINT);

        LoadFailedException failed = catchThrowableOfType(
                LoadFailedException.class,
                () -> LoadPlanner.plan(
                        LoadRequest.due("t"),
                        state(Optional.of(reached)),
                        facts(true),
                        Optional.of(new EarlierAttempt(reached, NO_COLUMN, false))));

        assertThat(failed.failure()).isEqualTo(NO_COLUMN);
    }

    @Test
    void aBackfillInvalidatesThePositionOfAnAttempt() {
        Bookmark reached = bookmark(FINGERPRINT);

        LoadPlan.Reading plan = LoadPlanner.plan(
                LoadRequest.due("t"),
                state(Optional.of(reached)),
                facts(false),
                Optional.of(new EarlierAttempt(reached, NO_COLUMN, false)));

        assertThat(plan.start().kind()).isEqualTo(StartKind.REPLANNED);
        assertThat(plan.lastKey()).isEqualTo(RowKey.NONE);
    }

    @Test
    void aBackfillInvalidatesTheBookmark() {
        LoadPlan.Reading plan = LoadPlanner.plan(
                LoadRequest.due("t"), state(Optional.of(bookmark(FINGERPRINT))), facts(false), Optional.empty());

        assertThat(plan.start().kind()).isEqualTo(StartKind.NEW);
        assertThat(plan.type()).isEqualTo(LoadType.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        // load, whether some row has a value in the cursor column, the type of load, whether it shows edits
        "INCREMENTAL, true,  INCREMENTAL, true",
        "INCREMENTAL, false, APPEND,      false",
        "APPEND,      true,  APPEND,      false",
        "FULL,        false, FULL,        true"
    })
    void onlyACursorColumnWithValuesShowsEdits(LoadMode mode, boolean filled, LoadType type, boolean showsEdits) {
        Cursor edited = new Cursor("edited", CursorType.DATETIME);
        PreparedTable table = LoadFixtures.prepared(
                LoadFixtures.options(List.of(), List.of("edited"), mode),
                LoadFixtures.source(List.of(LoadFixtures.key("id")), "id int", "edited datetime"));
        TableState loaded = LoadFixtures.state(
                Optional.of(new Watermarks(BEFORE, Map.of(), List.of(new KeyMark(BEFORE, BigInteger.ONE)))),
                Fingerprint.of(table, List.of(edited)));

        LoadPlan.Reading plan = LoadPlanner.plan(
                LoadRequest.due("t"),
                loaded,
                facts(table, true, List.of(edited), filled ? Set.of(edited) : Set.of()),
                Optional.empty());

        assertThat(plan.type()).isEqualTo(type);
        assertThat(plan.showsEdits()).isEqualTo(showsEdits);
    }

    /** So that no edit is missed once loads go by cursor columns again. */
    @ParameterizedTest
    @CsvSource({"INCREMENTAL, 10:00", "APPEND, 09:00"})
    void aLoadByNewKeysLeavesTheWatermarksOfColumns(LoadMode mode, LocalTime watermark) {
        Cursor edited = new Cursor("edited", CursorType.DATETIME);
        PreparedTable table = LoadFixtures.prepared(
                LoadFixtures.options(List.of(), List.of("edited"), mode),
                LoadFixtures.source(List.of(LoadFixtures.key("id")), "id int", "edited datetime"));
        TableState loaded = LoadFixtures.state(
                Optional.of(
                        new Watermarks(BEFORE, Map.of("edited", BEFORE), List.of(new KeyMark(BEFORE, BigInteger.ONE)))),
                Fingerprint.of(table, List.of(edited)));

        LoadPlan.Reading plan = LoadPlanner.plan(
                LoadRequest.due("t"), loaded, facts(table, true, List.of(edited), Set.of(edited)), Optional.empty());

        assertThat(plan.next().cursors()).containsExactly(entry("edited", NOW.with(watermark)));
        assertThat(plan.next().horizon()).isEqualTo(NOW);
    }

    private static Failure failure(String name) {
        return switch (name) {
            case "lost" -> LOST;
            case "column" -> NO_COLUMN;
            case "miscount" -> MISCOUNT;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static TableState state(Optional<Bookmark> bookmark) {
        return new TableState(
                3,
                new TableState.Ended("failed", "transient", "lost"),
                Optional.empty(),
                Map.of(),
                bookmark,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Bookmark bookmark(Map<String, String> fingerprint) {
        return new Bookmark(
                new LoadIdentity("8d6f", LoadType.FULL, "never loaded", Instant.EPOCH),
                new LoadScope(horizon(BEFORE), Optional.empty(), new Selection.All(), List.of(), fingerprint),
                new LoadProgress(List.of("7"), 20, new Counts(7, 7, 0, 0, 0, MappedValues.NONE), 1));
    }

    /** @param recorded whether the target is as the last load left it; otherwise a column was added */
    private static TableFacts facts(boolean recorded) {
        return facts(TABLE, recorded, List.of(), Set.of());
    }

    private static TableFacts facts(PreparedTable table, boolean recorded, List<Cursor> declared, Set<Cursor> filled) {
        SchemaChange schema = new SchemaChange(
                recorded ? List.of() : List.of("column n added"),
                List.of(),
                recorded ? Optional.empty() : Optional.of("column n added"),
                List.of(),
                new SchemaVersion(1, LoadFixtures.key("id"), List.of()),
                recorded,
                table.rowFormat(),
                DeletePolicy.DELETE,
                Stamping.NONE);
        return new TableFacts(
                new Preparation(table, schema),
                Optional.empty(),
                new TableFacts.Keys(Optional.of(BigInteger.TEN), Optional.empty()),
                new ClockReading(
                        NOW,
                        Duration.ZERO,
                        Duration.ZERO,
                        Optional.of(Duration.ZERO),
                        Duration.ZERO,
                        true,
                        Optional.of(Duration.ZERO),
                        new ServerIdentity("a", true),
                        List.of()),
                horizon(NOW),
                new Cursors(declared, List.of()),
                filled,
                OpenDeadLetters.NONE);
    }

    private static Horizon horizon(LocalDateTime utc) {
        return new Horizon(utc, utc, Duration.ZERO, utc);
    }
}
