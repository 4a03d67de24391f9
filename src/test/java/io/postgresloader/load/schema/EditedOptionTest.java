package io.postgresloader.load.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.config.ConfigFiles;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.load.LoadFixtures;
import io.postgresloader.load.plan.Cursors;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.plan.LoadPlanner;
import io.postgresloader.load.plan.OpenDeadLetters;
import io.postgresloader.load.plan.SourceSnapshot;
import io.postgresloader.load.plan.TableFacts;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.ValuePolicies;
import io.postgresloader.source.ClockReading;
import io.postgresloader.source.ServerIdentity;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;
import io.postgresloader.tracking.TableState;
import io.postgresloader.type.KeyFormat;
import io.postgresloader.type.RowFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a table that the source has not changed if its options are edited. */
class EditedOptionTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-23T10:00:00");
    private static final String TABLE = "incremental_columns: [Edited, Stamped]";
    private static final Path PAGE = Path.of("src/site/markdown/tables-yml.md");

    private static final SourceTable SOURCE = LoadFixtures.source(
            List.of(LoadFixtures.key("Id"), LoadFixtures.key("Code")),
            "Id int",
            "Code int",
            "Note varchar(20)",
            "Secret text",
            "Flag tinyint(1)",
            "Opened time",
            "Edited datetime",
            "Stamped timestamp");

    @TempDir
    private Path directory;

    /** What an edit causes, in the words of the manual. */
    private enum Effect {
        /** A table that has not changed is still skipped. */
        NOTHING("nothing"),
        /** The table is not skipped; the load reads what every load reads. */
        ONE_LOAD("one load that is not skipped"),
        COMPARISON("a comparison"),
        FULL_LOAD("a full load");

        private final String words;

        Effect(String words) {
            this.words = words;
        }
    }

    /** An entry before and after an edit of one option. */
    private record Edit(String option, String before, String after, Effect effect) {
        Edit(String option, String after, Effect effect) {
            this(option, TABLE, TABLE + ", " + after, effect);
        }

        /** The edit that takes this one back. */
        Edit back() {
            return new Edit(option, after, before, effect);
        }

        @Override
        public String toString() {
            return option + ": {" + before + "} to {" + after + "}";
        }
    }

    static Stream<Edit> edits() {
        return Stream.of(
                new Edit("primary_key", "primary_key: Code", Effect.FULL_LOAD),
                new Edit("incremental_columns", TABLE, "incremental_columns: [Edited]", Effect.FULL_LOAD),
                new Edit("incremental_columns", TABLE, "incremental_columns: [Stamped, Edited]", Effect.ONE_LOAD),
                new Edit("incremental_strategy", "incremental_strategy: and_logic", Effect.FULL_LOAD),
                new Edit("column_priorities", "column_priorities: [Stamped]", Effect.ONE_LOAD),
                new Edit("data_quality_filters", "data_quality_filters: {min_date: 1990-01-01}", Effect.FULL_LOAD),
                new Edit("schedule", "schedule: 1h", Effect.NOTHING),
                new Edit("load", "load: append", Effect.ONE_LOAD),
                new Edit("lookback", "lookback: 10m", Effect.ONE_LOAD),
                new Edit("skip_unchanged", TABLE + ", skip_unchanged: false", TABLE, Effect.NOTHING),
                new Edit("reconcile", "reconcile: 12h", Effect.NOTHING),
                new Edit("reconcile", "reconcile: off", Effect.NOTHING),
                new Edit("quiet_hours", "quiet_hours: 07:00-19:00", Effect.NOTHING),
                new Edit("deletes", "deletes: mark", Effect.ONE_LOAD),
                new Edit("loaded_at_column", "loaded_at_column: _loaded_at", Effect.ONE_LOAD),
                new Edit("max_delete_fraction", "max_delete_fraction: 50%", Effect.NOTHING),
                new Edit("max_dead_letter_fraction", "max_dead_letter_fraction: 50%", Effect.NOTHING),
                new Edit("column_types", "column_types: {Code: bigint}", Effect.ONE_LOAD),
                new Edit("exclude_columns", "exclude_columns: [Secret]", Effect.ONE_LOAD),
                new Edit("exclude_columns", TABLE + ", exclude_columns: [Secret]", TABLE, Effect.FULL_LOAD),
                new Edit("purge_excluded", "purge_excluded: true", Effect.ONE_LOAD),
                new Edit("column_policies", "column_policies: {Note: {nul_characters: strip}}", Effect.COMPARISON),
                new Edit("nul_characters", "nul_characters: strip", Effect.COMPARISON),
                new Edit("invalid_text", "invalid_text: replace", Effect.COMPARISON),
                new Edit("zero_dates", "zero_dates: 1900-01-01", Effect.COMPARISON),
                new Edit("tinyint1", "tinyint1: boolean", Effect.ONE_LOAD),
                new Edit("time", "time: time", Effect.ONE_LOAD),
                new Edit("timestamps", TABLE + ", timestamps: utc", TABLE + ", timestamps: local", Effect.FULL_LOAD),
                new Edit("extraction_strategy", "extraction_strategy: incremental", Effect.ONE_LOAD),
                new Edit("primary_incremental_column", "primary_incremental_column: Stamped", Effect.ONE_LOAD));
    }

    /** An option of which nobody has decided what its edit causes is not in the list. */
    @Test
    void everyOptionIsInTheList() throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(Path.of("config/tables.schema.json").toFile());
        Set<String> options = new TreeSet<>();
        schema.findValues("properties").forEach(place -> place.fieldNames().forEachRemaining(options::add));
        options.removeAll(Set.of("defaults", "tables", "metadata", "min_date", "max_date", "batch_size"));

        assertThat(edits().map(Edit::option).distinct()).containsAll(options);
    }

    @ParameterizedTest
    @MethodSource("edits")
    void onlyOptionsThatChangeWhatIsReadOrStoredCauseReads(Edit edit) {
        assertThat(effect(edit)).isEqualTo(edit.effect());
    }

    @ParameterizedTest
    @MethodSource("edits")
    void theSameOptionsCauseNothing(Edit edit) {
        assertThat(effect(new Edit("none", edit.after(), edit.after(), Effect.NOTHING)))
                .isEqualTo(Effect.NOTHING);
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditThatCausesNothingCausesNothingWhenItIsTakenBack(Edit edit) {
        if (edit.effect() == Effect.NOTHING && !edit.option().equals("skip_unchanged")) {
            assertThat(effect(edit.back())).isEqualTo(Effect.NOTHING);
        }
    }

    @Test
    void theManualSaysWhatEachEditCauses() throws IOException {
        Map<String, Set<String>> documented = new HashMap<>();
        Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.equals("## What an edit causes"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .forEach(cells -> Stream.of(cells[1].split(","))
                        .map(option -> option.replaceAll("`|\\(.*", "").strip())
                        .forEach(option -> documented
                                .computeIfAbsent(option, name -> new TreeSet<>())
                                .add(cells[2].strip())));
        Map<String, Set<String>> tested = edits().collect(Collectors.groupingBy(
                Edit::option, Collectors.mapping(edit -> edit.effect().words, Collectors.toCollection(TreeSet::new))));

        assertThat(documented).isEqualTo(tested);
    }

    private Effect effect(Edit edit) {
        TableOptions before = options(edit.before());
        TableOptions after = options(edit.after());
        LoadPlan.Reading last = plan(before, TableState.UNKNOWN, Optional.empty());
        TableState loaded = new TableState(
                1,
                new TableState.Ended("success", null, null),
                Optional.of(last.next()),
                last.scope().fingerprint(),
                Optional.empty(),
                last.seen(),
                Optional.of(last.origin()),
                Optional.empty());
        LoadRequest due = LoadRequest.due("t");
        if (LoadPlanner.unchanged(due, after, loaded, new SourceSnapshot(clock(), Map.of("t", unchanged())))
                .isPresent()) {
            return Effect.NOTHING;
        }
        SchemaVersion version = last.preparation().change().version();
        LoadPlan.Reading next = plan(after, loaded, Optional.of(version));
        if (next.type() == LoadType.FULL) {
            return Effect.FULL_LOAD;
        }
        return next.compare().isPresent() ? Effect.COMPARISON : Effect.ONE_LOAD;
    }

    private TableOptions options(String entry) {
        Path file = ConfigFiles.write(directory, "tables.yml", "t: {" + entry + "}\n");
        return CatalogReader.read(file).table("t").orElseThrow();
    }

    private static LoadPlan.Reading plan(TableOptions options, TableState state, Optional<SchemaVersion> before) {
        SourceTable source = SOURCE.without(options.columns().excluded());
        Key key = options.primaryKey().isEmpty() ? SOURCE.keys().get(0) : new Key(options.primaryKey());
        Map<String, ZoneId> zones =
                options.columns().policies().timestamps().equals(Optional.of(ValuePolicies.Timestamps.LOCAL))
                        ? Map.of("Stamped", ZoneId.of("Europe/Berlin"))
                        : Map.of();
        RowFormat natural = RowFormat.of(source, options.columns()).onWallClocks(zones);
        SchemaChange change = new SchemaDiff(
                        source,
                        key,
                        natural,
                        before,
                        new SchemaDiff.ColumnUses() {
                            @Override
                            public List<String> dependentsOf(String column) {
                                return List.of();
                            }

                            @Override
                            public boolean deadLettersFor(String column) {
                                return false;
                            }

                            @Override
                            public boolean excluded(String column) {
                                return options.columns().excludes(column);
                            }
                        },
                        options.deletes().policy(),
                        options.columns().stamp(),
                        new SchemaSql("raw", "t"))
                .plan(before.map(EditedOptionTest::existing), types -> natural.to(types, options.columns()));
        PreparedTable table = new PreparedTable(
                options,
                source,
                key,
                change.rowFormat(),
                new KeyFormat(source, key),
                Map.of(),
                change.removal(),
                change.stamping().column());
        return LoadPlanner.plan(LoadRequest.due("t"), state, facts(table, change), Optional.empty());
    }

    private static ExistingTable existing(SchemaVersion version) {
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        version.columns()
                .forEach(column -> columns.put(
                        column.name(),
                        new TargetColumn(column.name(), column.targetType(), false, TargetColumn.Writable.YES)));
        return new ExistingTable(true, columns, Set.of(Set.of("Id"), Set.of("Code")));
    }

    private static TableFacts facts(PreparedTable table, SchemaChange change) {
        List<Cursor> cursors = table.options().cursors().columns().stream()
                .map(name -> table.source().column(name).orElseThrow())
                .map(column -> new Cursor(column.name(), CursorType.of(column).orElseThrow()))
                .toList();
        return new TableFacts(
                new Preparation(table, change),
                Optional.of(unchanged()),
                new TableFacts.Keys(Optional.of(BigInteger.TEN), Optional.empty(), List.of()),
                clock(),
                new Horizon(NOW, NOW, Duration.ZERO, NOW),
                new Cursors(cursors, List.of()),
                Set.copyOf(cursors),
                OpenDeadLetters.NONE);
    }

    private static SourceState unchanged() {
        return new SourceState(Optional.of(NOW.minusDays(1)), Optional.of(NOW.minusYears(1)), false);
    }

    private static ClockReading clock() {
        return new ClockReading(
                NOW,
                Duration.ZERO,
                Duration.ZERO,
                Optional.of(Duration.ZERO),
                Duration.ZERO,
                true,
                Optional.of(Duration.ZERO),
                new ServerIdentity("a", true),
                List.of());
    }
}
