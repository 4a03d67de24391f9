package io.postgresloader.load.schema;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.ValuePolicies.Timestamps;
import io.postgresloader.source.SourceZone;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.type.RowFormat;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides in which clock the TIMESTAMP columns of a table are stored: in UTC, or on the wall clock of the source's zone.
 * A column keeps the clock in which it was loaded. Another clock would rewrite its values, so it needs an operator's
 * consent. The columns of another loader keep the clock in which their values were found.
 */
final class ColumnClocks {
    private final TableOptions options;
    private final SourceTable source;
    private final Key key;
    private final Optional<SchemaVersion> before;
    private final Optional<ExistingTable> existing;
    private final Catalog catalog;
    private final Supplier<SourceZone> zone;

    /**
     * @param key what identifies a row
     * @param before the schema version that was recorded last
     * @param existing the table as the target has it
     * @param catalog names the lines of options
     * @param zone finds out the zone of {@code timestamps: local}; asked only if a column needs it
     */
    ColumnClocks(
            TableOptions options,
            SourceTable source,
            Key key,
            Optional<SchemaVersion> before,
            Optional<ExistingTable> existing,
            Catalog catalog,
            Supplier<SourceZone> zone) {
        this.options = options;
        this.source = source;
        this.key = key;
        this.before = before;
        this.existing = existing;
        this.catalog = catalog;
        this.zone = zone;
    }

    /** The TIMESTAMP columns that have a clock; a {@code timestamp with time zone} in the target has none. */
    List<String> columns(RowFormat natural) {
        Map<String, String> wanted = natural.targetTypes();
        return source.columns().stream()
                .filter(column -> column.dataType().equals("timestamp"))
                .map(Column::name)
                .filter(name -> !withTimeZone(name, wanted.get(name)))
                .toList();
    }

    private boolean withTimeZone(String column, String wanted) {
        String type = existing.flatMap(
                        table -> Optional.ofNullable(table.columns().get(column)))
                .map(found -> found.type())
                .orElse(wanted);
        return withTimeZone(type);
    }

    /** Whether a PostgreSQL type stores instants. */
    static boolean withTimeZone(String type) {
        return type.startsWith("timestamptz") || type.startsWith("timestamp") && type.endsWith(" with time zone");
    }

    /** The clocks of the values of another loader, as far as the sample shows them. */
    Map<String, Timestamps> found(List<String> columns, AdoptionSurvey survey) {
        List<String> free =
                columns.stream().filter(column -> uniqueKey(column).isEmpty()).toList();
        return survey.isEmpty() || free.isEmpty()
                ? Map.of()
                : zone.get().zone().map(named -> survey.clocks(free, named)).orElse(Map.of());
    }

    /**
     * The zones of the columns that are stored on a wall clock.
     *
     * @param columns the columns that have a clock
     * @param found the clock of the values of another loader, by column
     * @param accepted whether an operator accepts that values are rewritten
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when a column cannot have the clock that is
     *     configured, or when that clock would rewrite values; the message says what to do
     */
    Map<String, ZoneId> decide(List<String> columns, Map<String, Timestamps> found, boolean accepted) {
        Map<String, ZoneId> zones = new LinkedHashMap<>();
        for (String column : columns) {
            decide(column, found, accepted).ifPresent(decided -> {
                if (key.columns().contains(column)) {
                    throw notAllowed(column, key);
                }
                zones.put(column, decided);
            });
        }
        return zones;
    }

    private Optional<ZoneId> decide(String column, Map<String, Timestamps> found, boolean accepted) {
        Optional<Timestamps> configured = configured(column);
        Optional<LoadedColumn> loaded = last(column)
                .filter(last -> !withTimeZone(last.targetType()))
                .filter(last -> existing.isPresent() || configured.isEmpty());
        if (loaded.filter(ColumnClocks::timestamp).isPresent()) {
            return asLoaded(column, loaded.get(), configured, accepted);
        }
        if (loaded.filter(last -> last.sourceType().startsWith("datetime")).isPresent()
                && uniqueKey(column).isEmpty()) {
            return asDatetime(column, configured, accepted);
        }
        return configured
                .or(() -> Optional.ofNullable(found.get(column)))
                .map(clock -> clock == Timestamps.LOCAL ? wallClock(none()) : none())
                .orElseGet(() -> ofOtherColumns(column, found));
    }

    /** The configured clock. One that is set for the whole table does not apply to columns of unique keys if local. */
    private Optional<Timestamps> configured(String column) {
        Optional<Timestamps> configured = options.columns().policies(column).timestamps();
        Optional<Key> unique = uniqueKey(column);
        if (unique.isEmpty() || configured.filter(Timestamps.LOCAL::equals).isEmpty()) {
            return configured;
        }
        if (ownOption(column)) {
            throw notAllowed(column, unique.get());
        }
        return Optional.empty();
    }

    /** Whether {@code timestamps} is set for the column itself; its policies contain those of the table. */
    private boolean ownOption(String column) {
        String path = source.name() + ".column_policies." + column + ".timestamps";
        return catalog.lines().keySet().stream().anyMatch(path::equalsIgnoreCase);
    }

    private Optional<LoadedColumn> last(String column) {
        return before.flatMap(version ->
                existing.map(table -> NameCase.last(version, column, table)).orElseGet(() -> version.column(column)));
    }

    private static boolean timestamp(LoadedColumn column) {
        return column.sourceType().startsWith("timestamp");
    }

    /** A DATETIME that became a TIMESTAMP in the source: its values show the wall clock. */
    private Optional<ZoneId> asDatetime(String column, Optional<Timestamps> configured, boolean accepted) {
        Optional<ZoneId> named = zone.get().zone();
        if (named.isEmpty() && configured.isEmpty() && !accepted) {
            throw LoadErrors.schema("table " + source.name() + ": " + column + " was a datetime, whose values show the"
                    + " wall clock, and is a timestamp in the source now; the name of the source's time zone is not"
                    + " known: set SOURCE_TIME_ZONE, for example to America/Denver, or timestamps: utc, or rewrite"
                    + " the values in UTC with: once " + source.name() + " --accept");
        }
        Optional<ZoneId> stored = named.filter(zoneNow -> !zoneNow.getRules().equals(ZoneOffset.UTC.getRules()));
        boolean utc = configured.filter(Timestamps.UTC::equals).isPresent();
        if (utc && stored.isPresent() && !accepted) {
            throw rewrites(column, stored, none(), configured);
        }
        boolean local = configured.filter(Timestamps.LOCAL::equals).isPresent();
        return utc ? none() : local ? wallClock(none()) : stored;
    }

    private Optional<ZoneId> asLoaded(
            String column, LoadedColumn last, Optional<Timestamps> configured, boolean accepted) {
        Optional<ZoneId> recorded = last.wallClock().map(ZoneId::of);
        boolean local = configured.map(Timestamps.LOCAL::equals).orElse(recorded.isPresent());
        Optional<ZoneId> wanted = local ? wallClock(recorded) : none();
        if (wanted.map(ZoneId::getRules).equals(recorded.map(ZoneId::getRules))) {
            return recorded;
        }
        if (!accepted) {
            throw rewrites(column, recorded, wanted, configured);
        }
        return wanted;
    }

    /**
     * The clock of the table's other columns, if they have one: for a column that is added later, or without a value
     * from which an adoption could find it out. Instants and columns of unique keys, which are always in UTC, do not
     * count.
     */
    private Optional<ZoneId> ofOtherColumns(String column, Map<String, Timestamps> found) {
        Stream<Optional<ZoneId>> recorded = before.stream()
                .flatMap(version -> version.columns().stream())
                .filter(ColumnClocks::timestamp)
                .filter(other -> !withTimeZone(other.targetType()))
                .filter(other -> uniqueKey(other.name()).isEmpty())
                .map(other -> other.wallClock().map(ZoneId::of));
        Stream<Optional<ZoneId>> sampled =
                found.values().stream().map(clock -> clock == Timestamps.LOCAL ? wallClock(none()) : none());
        List<Optional<ZoneId>> others =
                Stream.concat(recorded, sampled).distinct().toList();
        return others.size() == 1 && uniqueKey(column).isEmpty() ? others.get(0) : none();
    }

    private static Optional<ZoneId> none() {
        return Optional.empty();
    }

    /**
     * The zone of the wall clock; empty for one that shows UTC.
     *
     * @param recorded the zone that applies if the source's has no name
     */
    private Optional<ZoneId> wallClock(Optional<ZoneId> recorded) {
        SourceZone found = zone.get();
        ZoneId named = found.zone()
                .or(() -> recorded)
                .orElseThrow(() -> LoadErrors.schema("table " + source.name() + ": timestamps: local needs the name of"
                        + " the source's time zone, and the server only says " + found.found()
                        + "; set SOURCE_TIME_ZONE, for example to America/Denver"));
        return Optional.of(named).filter(zoneNow -> !zoneNow.getRules().equals(ZoneOffset.UTC.getRules()));
    }

    private RuntimeException notAllowed(String column, Key unique) {
        return LoadErrors.schema("table " + source.name() + ": timestamps: local (" + place(column)
                + ") is not allowed for " + column + ", a column of the unique key (" + unique
                + "): the hour that the clock repeats in autumn would make two keys one; set it to utc in"
                + " column_policies: {" + column + ": {timestamps: utc}}");
    }

    private Optional<Key> uniqueKey(String column) {
        Stream<Key> inTarget = existing.stream()
                .flatMap(table -> table.uniqueKeys().stream())
                .map(columns -> new Key(columns.stream().sorted().toList()));
        return Stream.of(source.keys().stream(), Stream.of(key), inTarget)
                .flatMap(keys -> keys)
                .filter(unique -> unique.columns().contains(column))
                .findFirst();
    }

    private RuntimeException rewrites(
            String column, Optional<ZoneId> recorded, Optional<ZoneId> wanted, Optional<Timestamps> configured) {
        boolean byZone = recorded.isPresent()
                && configured.filter(Timestamps.UTC::equals).isEmpty();
        String option = byZone
                ? "SOURCE_TIME_ZONE"
                : "timestamps: " + (wanted.isPresent() ? "local" : "utc") + " (" + place(column) + ")";
        String back = byZone
                ? "SOURCE_TIME_ZONE=" + recorded.get()
                : "timestamps: " + (recorded.isPresent() ? "local" : "utc");
        return LoadErrors.schema("table " + source.name() + ": the values of " + column + " are stored "
                + recorded.map(zoneBefore -> "on the wall clock of " + zoneBefore)
                        .orElse("in UTC") + ", and " + option
                + " asks for "
                + wanted.map(zoneNow -> "the wall clock of " + zoneNow).orElse("UTC") + "; set " + back
                + ", or rewrite them with: once " + source.name() + " --accept");
    }

    private String place(String column) {
        return catalog.place(
                source.name() + ".column_policies." + column + ".timestamps",
                source.name() + ".timestamps",
                "defaults.timestamps");
    }
}
