package io.postgresloader.load.plan;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.schema.Preparation;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.TableInspector;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.ClockReading;
import io.postgresloader.tracking.DeadLetterTable;
import io.postgresloader.tracking.TableState;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers the facts that a load is planned from. It reads both databases and changes neither. */
public final class FactsReader {
    private final LoadServices services;
    private final boolean tracked;
    private final TableInspector inspector;

    public FactsReader(LoadServices services) {
        this(services, true);
    }

    /** @param tracked whether the target has tracking tables; without them the loader has not loaded anything yet */
    FactsReader(LoadServices services, boolean tracked) {
        this.services = services;
        this.tracked = tracked;
        this.inspector =
                new TableInspector(services, tracked ? services.schemaVersions()::newest : table -> Optional.empty());
    }

    /**
     * Reads the facts for one load.
     *
     * @param source when the source changed the table last
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when the table cannot be loaded with its
     *     options; the message says what to do
     */
    public TableFacts read(LoadRequest request, TableOptions options, TableState state, Optional<SourceState> source) {
        return read(prepare(request, options), request, state, source);
    }

    /** How loads keep a table up to date now that it was loaded before. */
    public LoadChoice choice(PreparedTable table) {
        Cursors declared = Cursors.declared(table.options(), table.source());
        Horizon horizon = horizon(
                services.sourceClock().read(),
                table.source().transactional(),
                services.loadStatus().look(table.name()));
        return LoadChoice.of(table, declared.withValues(filled(table, declared.usable(), horizon)::contains));
    }

    /**
     * The time up to which the source is complete for this table now; empty: another server answers than the one that
     * the table was loaded from.
     */
    public Optional<Horizon> horizon(PreparedTable table, TableState state) {
        ClockReading reading = services.sourceClock().read();
        return Optional.of(horizon(reading, table.source().transactional(), state))
                .filter(horizon -> loadedFrom(state, reading));
    }

    /** Whether the server that answers is the one that the table was loaded from, if it was loaded. */
    static boolean loadedFrom(TableState state, ClockReading reading) {
        return state.origin()
                .filter(before -> !before.server().equals(reading.server().id()))
                .isEmpty();
    }

    /** The table's schema on both sides. A full load that an operator requested accepts a changed key. */
    Preparation prepare(LoadRequest request, TableOptions options) {
        return inspector.inspect(options, request.kind() == LoadRequest.Kind.FULL, request.accepted());
    }

    TableFacts read(Preparation preparation, LoadRequest request, TableState state, Optional<SourceState> source) {
        preparation.survey().obstacle().filter(obstacle -> !request.accepted()).ifPresent(obstacle -> {
            throw LoadErrors.schema(obstacle);
        });
        PreparedTable table = preparation.table();
        Cursors cursors = Cursors.declared(table.options(), table.source());
        // Before the clock, so that the horizon is not later than a transaction whose key is below the greatest one.
        TableFacts.Keys keys = keys(table, state);
        ClockReading reading = services.sourceClock().read();
        Horizon horizon = horizon(reading, table.source().transactional(), state);
        Set<Cursor> filled = choosesColumns(request) ? filled(table, cursors.usable(), horizon) : Set.of();
        boolean byKeyAlone = request.kind() == LoadRequest.Kind.DUE
                && LoadChoice.of(table, cursors.withValues(filled::contains)).mode() == LoadMode.APPEND;
        return new TableFacts(
                preparation,
                source,
                byKeyAlone ? keys.withTop(top(table)) : keys,
                reading,
                horizon,
                cursors,
                filled,
                tracked ? openDeadLetters(request) : OpenDeadLetters.NONE);
    }

    /**
     * The horizon of a clock reading. If the source does not show its open transactions, the last horizon stays.
     * Because the stored horizon is rounded, a new one is never earlier than it.
     */
    static Horizon horizon(ClockReading reading, boolean transactional, TableState state) {
        var last = state.watermarks().map(watermarks -> watermarks.horizon());
        Horizon horizon = reading.horizon(transactional, last);
        return last.map(horizon::notBefore).orElse(horizon);
    }

    private TableFacts.Keys keys(PreparedTable table, TableState state) {
        Optional<String> column = table.integerKey();
        Optional<BigInteger> greatest =
                column.flatMap(key -> services.sourceQueries().greatest(table.name(), key));
        Optional<TableFacts.LostKeys> lost = RestoredSource.lostKey(state, greatest)
                .map(loaded -> new TableFacts.LostKeys(
                        loaded, column.flatMap(key -> services.sourceQueries().nextKey(table.name(), key)), false))
                .map(keys -> keys.again() && new DeletedTail(services, table, state).proven(keys.loaded(), greatest)
                        ? keys.provenDeleted()
                        : keys);
        return new TableFacts.Keys(greatest, lost);
    }

    /** The greatest keys, to detect random ones. */
    private List<BigInteger> top(PreparedTable table) {
        return table.integerKey()
                .map(key -> services.sourceQueries().greatest(table.name(), key, RandomKeys.LOOKED_AT))
                .orElse(List.of());
    }

    /** A load by keys does not look at cursor columns. */
    private static boolean choosesColumns(LoadRequest request) {
        return request.kind() == LoadRequest.Kind.DUE || request.kind() == LoadRequest.Kind.FULL;
    }

    private Set<Cursor> filled(PreparedTable table, List<Cursor> cursors, Horizon horizon) {
        Window window = new Window(table.options(), horizon);
        return cursors.stream()
                .filter(cursor -> services.sourceQueries().hasValueWithin(table.name(), window.bounds(cursor)))
                .collect(Collectors.toSet());
    }

    /** A load by keys closes the entries of those keys only. A replay without keys is one of the oldest entries. */
    private OpenDeadLetters openDeadLetters(LoadRequest request) {
        DeadLetterTable entries = services.deadLetters();
        if (!request.keys().isEmpty()) {
            return new OpenDeadLetters(entries.openAmong(request.table(), request.keys()));
        }
        return request.kind() == LoadRequest.Kind.REPLAY
                ? new OpenDeadLetters(entries.openKeys(request.table(), 0, OpenDeadLetters.HELD))
                : OpenDeadLetters.ofFirst(entries.openKeys(request.table(), 0, OpenDeadLetters.HELD + 1));
    }
}
