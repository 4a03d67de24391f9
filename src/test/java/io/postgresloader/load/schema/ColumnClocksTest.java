package io.postgresloader.load.schema;

import static io.postgresloader.load.LoadFixtures.key;
import static io.postgresloader.load.LoadFixtures.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.DeleteOptions;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadOptions;
import io.postgresloader.model.ReconcileOptions;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.ValuePolicies;
import io.postgresloader.model.ValuePolicies.Timestamps;
import io.postgresloader.source.SourceZone;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;
import io.postgresloader.type.RowFormat;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnClocksTest {
    private static final String PLAIN = "timestamp without time zone";
    private static final SourceTable UNIQUE =
            source(List.of(key("Id"), key("Ts", "Id")), "Id int", "Ts timestamp", "Edited timestamp", "New timestamp");
    private static final Catalog CATALOG = new Catalog(
            Path.of("tables.yml"), Map.of(), Map.of("t.timestamps", 3, "defaults.timestamps", 1), List.of());
    private static final SourceTable SOURCE = source(List.of(key("Id")), "Id int", "Ts timestamp", "At datetime");

    /** The column Ts; Denver and Chicago are zones of sources, - is not said, not found or not recorded. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // configured, recorded, found, zone of the source; the zone in which it is stored
                "-, -, -, America/Denver, -",
                "UTC, -, -, America/Denver, -",
                "LOCAL, -, -, America/Denver, America/Denver",
                "LOCAL, -, -, UTC, -",
                "-, -, LOCAL, America/Denver, America/Denver",
                "-, -, UTC, America/Denver, -",
                "UTC, -, LOCAL, America/Denver, -",
                "LOCAL, -, UTC, America/Denver, America/Denver",
                "-, UTC, -, America/Denver, -",
                "-, America/Denver, -, America/Denver, America/Denver",
                "LOCAL, America/Denver, -, America/Denver, America/Denver",
                "LOCAL, America/Denver, -, -, America/Denver",
                "-, America/Denver, -, -, America/Denver",
                "LOCAL, America/Denver, -, US/Mountain, America/Denver",
                "LOCAL, UTC, -, UTC, -"
            })
    void aColumnKeepsTheClockThatItHas(
            Timestamps configured, String recorded, Timestamps found, String zone, String expected) {
        Map<String, Timestamps> ofSample = found == null ? Map.of() : Map.of("Ts", found);
        Map<String, ZoneId> zones = clocks(SOURCE, configured, recorded, zone, "timestamp without time zone")
                .decide(List.of("Ts"), ofSample, false);
        assertThat(zones).isEqualTo(expected == null ? Map.of() : Map.of("Ts", ZoneId.of(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "LOCAL, UTC, America/Denver, 'in UTC, and timestamps: local (tables.yml:3) asks for the wall clock of"
                        + " America/Denver; set timestamps: utc'",
                "UTC, America/Denver, America/Denver, 'on the wall clock of America/Denver, and timestamps: utc"
                        + " (tables.yml:3) asks for UTC; set timestamps: local'",
                "LOCAL, America/Denver, America/Chicago, 'on the wall clock of America/Denver, and SOURCE_TIME_ZONE asks"
                        + " for the wall clock of America/Chicago; set SOURCE_TIME_ZONE=America/Denver'",
                "-, America/Denver, UTC, 'on the wall clock of America/Denver, and SOURCE_TIME_ZONE asks for UTC; set"
                        + " SOURCE_TIME_ZONE=America/Denver'"
            })
    void anotherClockNeedsConsent(Timestamps configured, String recorded, String zone, String message) {
        ColumnClocks clocks = clocks(SOURCE, configured, recorded, zone, "timestamp without time zone");
        assertThatThrownBy(() -> clocks.decide(List.of("Ts"), Map.of(), false))
                .isInstanceOf(LoadFailedException.class)
                .hasMessage("schema: table t: the values of Ts are stored " + message
                        + ", or rewrite them with: once t --accept");
        assertThat(clocks.decide(List.of("Ts"), Map.of(), true))
                .isEqualTo(
                        configured == Timestamps.UTC || zone.equals("UTC") ? Map.of() : Map.of("Ts", ZoneId.of(zone)));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp without time zone, true",
        "timestamp(3) without time zone, true",
        "text, true",
        "timestamp with time zone, false",
        "timestamp(0) with time zone, false"
    })
    void anInstantHasNoClock(String targetType, boolean clock) {
        assertThat(clocks(SOURCE, Timestamps.LOCAL, null, "America/Denver", targetType)
                        .columns(RowFormat.of(SOURCE, ColumnOptions.DEFAULT)))
                .isEqualTo(clock ? List.of("Ts") : List.of());
    }

    @Test
    void aUniqueKeyIsNeverLocal() {
        assertThatThrownBy(() -> new Case(UNIQUE).ownLocal("Ts").decide(List.of("Ts"), Map.of(), true))
                .hasMessageStartingWith(
                        "schema: table t: timestamps: local (tables.yml:5) is not allowed for Ts, a column of the"
                                + " unique key (Ts, Id)");
    }

    @Test
    void localOfTheTableSkipsUniqueKeys() {
        ColumnClocks clocks = new Case(UNIQUE).local().build();
        assertThat(clocks.decide(List.of("Ts", "Edited"), Map.of(), false))
                .isEqualTo(Map.of("Edited", ZoneId.of("America/Denver")));
    }

    @Test
    void aColumnRenamedInCaseKeepsItsClock() {
        ColumnClocks clocks = new Case(SOURCE)
                .before(
                        new LoadedColumn("TS", "timestamp", PLAIN, true, Optional.of("America/Denver")),
                        new LoadedColumn("Other", "timestamp", PLAIN, true))
                .build();
        assertThat(clocks.decide(List.of("Ts"), Map.of(), false)).isEqualTo(Map.of("Ts", ZoneId.of("America/Denver")));
    }

    @Test
    void aColumnWithoutEvidenceHasTheClockOfTheOthers() {
        SourceTable source = source(List.of(key("Id")), "Id int", "Ts timestamp", "Edited timestamp");
        Map<String, Timestamps> found = Map.of("Edited", Timestamps.LOCAL);
        assertThat(new Case(source).decide(List.of("Ts", "Edited"), found, false))
                .containsOnlyKeys("Ts", "Edited");
        assertThat(new Case(UNIQUE).decide(List.of("Ts", "Edited"), found, false))
                .containsOnlyKeys("Edited");
    }

    /** The keys of a table are in UTC, and an instant has no clock. */
    @Test
    void aNewColumnIgnoresKeysAndInstantsBesideIt() {
        LoadedColumn edited = new LoadedColumn("Edited", "timestamp", PLAIN, true, Optional.of("America/Denver"));
        LoadedColumn instant = new LoadedColumn("Instant", "timestamp", "timestamp with time zone", false);
        LoadedColumn ofKey = new LoadedColumn("Ts", "timestamp", PLAIN, true);
        assertThat(new Case(UNIQUE)
                        .before(edited, instant, ofKey)
                        .build()
                        .decide(List.of("Ts", "Edited", "New"), Map.of(), false))
                .containsOnlyKeys("Edited", "New");
    }

    @Test
    void aColumnThatWasAnInstantHasNoRecordedClock() {
        LoadedColumn edited = new LoadedColumn("Edited", "timestamp", PLAIN, true, Optional.of("America/Denver"));
        LoadedColumn instant = new LoadedColumn("Ts", "timestamp", "timestamp(0) with time zone", false);
        assertThat(new Case(SOURCE).before(edited, instant).build().decide(List.of("Ts"), Map.of(), false))
                .containsOnlyKeys("Ts");
    }

    /** A DATETIME holds the wall clock. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // configured, zone of the source, accepted, the zone in which it is stored
                "-, America/Denver, false, America/Denver",
                "LOCAL, America/Denver, false, America/Denver",
                "UTC, America/Denver, true, -",
                "-, UTC, false, -",
                "-, -, true, -",
                "UTC, -, false, -"
            })
    void aDatetimeThatBecomesATimestampStaysLocal(
            Timestamps configured, String zone, boolean accepted, String expected) {
        assertThat(wasDatetime(configured, zone).decide(List.of("Ts"), Map.of(), accepted))
                .isEqualTo(expected == null ? Map.of() : Map.of("Ts", ZoneId.of(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "UTC, America/Denver, on the wall clock of America/Denver",
                "-, -, 'Ts was a datetime, whose values show the wall clock'"
            })
    void aDatetimeMovesToUtcOnlyWithConsent(Timestamps configured, String zone, String message) {
        ColumnClocks clocks = wasDatetime(configured, zone);
        assertThatThrownBy(() -> clocks.decide(List.of("Ts"), Map.of(), false))
                .hasMessageContaining(message)
                .hasMessageEndingWith("once t --accept");
    }

    private static ColumnClocks wasDatetime(Timestamps configured, String zone) {
        return new Case(
                        SOURCE,
                        options(Optional.ofNullable(configured)),
                        List.of(new LoadedColumn("Ts", "datetime", PLAIN, true)),
                        zone)
                .build();
    }

    @Test
    void aZoneWithoutANameIsNoWallClock() {
        assertThatThrownBy(() -> clocks(SOURCE, Timestamps.LOCAL, null, null, "timestamp without time zone")
                        .decide(List.of("Ts"), Map.of(), true))
                .hasMessage(
                        "schema: table t: timestamps: local needs the name of the source's time zone, and the server only says"
                                + " SYSTEM (MST); set SOURCE_TIME_ZONE, for example to America/Denver");
    }

    private static ColumnClocks clocks(
            SourceTable source, Timestamps configured, String recorded, String zone, String targetType) {
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        columns.put("Id", new TargetColumn("Id", "integer", true, TargetColumn.Writable.YES));
        columns.put("Ts", new TargetColumn("Ts", targetType, false, TargetColumn.Writable.YES));
        Optional<String> wallClock = Optional.ofNullable(recorded).filter(text -> !text.equals("UTC"));
        Optional<SchemaVersion> before = Optional.ofNullable(recorded)
                .map(text -> new SchemaVersion(
                        1, key("Id"), List.of(new LoadedColumn("Ts", "timestamp", targetType, false, wallClock))));
        return new ColumnClocks(
                options(Optional.ofNullable(configured)),
                source,
                key("Id"),
                before,
                Optional.of(new ExistingTable(true, columns, Set.of(Set.of("Id")))),
                CATALOG,
                () -> new SourceZone(Optional.ofNullable(zone).map(ZoneId::of), "SYSTEM (MST)"));
    }

    /** A table of the target with the columns of the source. */
    private record Case(SourceTable source, TableOptions options, List<LoadedColumn> before, String zone) {
        Case(SourceTable source) {
            this(source, ColumnClocksTest.options(Optional.empty()), List.of(), "America/Denver");
        }

        Case before(LoadedColumn... columns) {
            return new Case(source, options, List.of(columns), zone);
        }

        Case local() {
            return new Case(source, ColumnClocksTest.options(Optional.of(Timestamps.LOCAL)), before, zone);
        }

        ColumnClocks ownLocal(String column) {
            TableOptions own = ColumnClocksTest.options(new ColumnOptions(
                    Map.of(),
                    List.of(),
                    ValuePolicies.DEFAULT,
                    Map.of(column, policies(Optional.of(Timestamps.LOCAL)))));
            return new Case(source, own, before, zone)
                    .build(new Catalog(
                            Path.of("tables.yml"),
                            Map.of(),
                            Map.of("t.column_policies." + column + ".timestamps", 5),
                            List.of()));
        }

        Map<String, ZoneId> decide(List<String> columns, Map<String, Timestamps> found, boolean accepted) {
            return build().decide(columns, found, accepted);
        }

        ColumnClocks build() {
            return build(CATALOG);
        }

        private ColumnClocks build(Catalog catalog) {
            Map<String, TargetColumn> columns = new LinkedHashMap<>();
            source.columnNames()
                    .forEach(
                            name -> columns.put(name, new TargetColumn(name, PLAIN, false, TargetColumn.Writable.YES)));
            return new ColumnClocks(
                    options,
                    source,
                    key("Id"),
                    before.isEmpty() ? Optional.empty() : Optional.of(new SchemaVersion(1, key("Id"), before)),
                    Optional.of(new ExistingTable(true, columns, Set.of(Set.of("Id")))),
                    catalog,
                    () -> new SourceZone(Optional.ofNullable(zone).map(ZoneId::of), "SYSTEM (MST)"));
        }
    }

    private static ValuePolicies policies(Optional<Timestamps> timestamps) {
        ValuePolicies standard = ValuePolicies.DEFAULT;
        return new ValuePolicies(
                standard.nulCharacters(),
                standard.invalidText(),
                standard.zeroDates(),
                standard.tinyint1(),
                standard.time(),
                timestamps);
    }

    private static TableOptions options(Optional<Timestamps> timestamps) {
        return options(new ColumnOptions(Map.of(), List.of(), policies(timestamps), Map.of()));
    }

    private static TableOptions options(ColumnOptions columns) {
        return new TableOptions(
                "t",
                List.of(),
                CursorOptions.DEFAULT,
                LoadOptions.DEFAULT,
                ReconcileOptions.DEFAULT,
                DeleteOptions.DEFAULT,
                columns);
    }
}
