package io.postgresloader.config.tables;

import static io.postgresloader.config.tables.OptionDraft.or;

import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.DeleteOptions;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadOptions;
import io.postgresloader.model.ReconcileOptions;
import io.postgresloader.model.StampOptions;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.ValuePolicies;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Assembles the options of a table: the table's own, else the file's defaults, else the built-in defaults. */
final class TableAssembler {
    private final OptionDraft defaults;
    private final ParseContext context;

    TableAssembler(OptionDraft defaults, ParseContext context) {
        this.defaults = defaults;
        this.context = context;
    }

    /** Checks {@code defaults:} once, and not for each table. */
    void checkDefaults(YamlValue entry) {
        check(entry, defaults);
    }

    TableOptions assemble(YamlValue table, OptionDraft said) {
        check(table, said);
        return new TableOptions(
                table.name(),
                or(said.primaryKey, List.of()),
                cursors(table, said),
                load(said),
                reconcile(said),
                deletes(said),
                columns(said));
    }

    private CursorOptions cursors(YamlValue table, OptionDraft said) {
        IncrementalStrategy strategy = strategy(said);
        return new CursorOptions(
                CursorColumns.of(table, said, strategy, context),
                strategy == IncrementalStrategy.AND_LOGIC ? CursorLogic.AND : CursorLogic.OR,
                reversed(said) ? DateBounds.DEFAULT : new DateBounds(min(said), max(said)),
                or(said.lookback, or(defaults.lookback, CursorOptions.DEFAULT.lookback())));
    }

    private LoadOptions load(OptionDraft said) {
        LoadOptions standard = LoadOptions.DEFAULT;
        return new LoadOptions(
                mode(said),
                or(said.schedule, or(defaults.schedule, standard.schedule())),
                or(said.skipUnchanged, or(defaults.skipUnchanged, standard.skipUnchanged())),
                or(said.maxDeadLetterFraction, or(defaults.maxDeadLetterFraction, standard.maxDeadLetterFraction())));
    }

    private ReconcileOptions reconcile(OptionDraft said) {
        ReconcileOptions standard = ReconcileOptions.DEFAULT;
        return new ReconcileOptions(
                or(said.reconcile, or(defaults.reconcile, standard.every())),
                or(said.quietHours, or(defaults.quietHours, standard.quietHours())));
    }

    private DeleteOptions deletes(OptionDraft said) {
        DeleteOptions standard = DeleteOptions.DEFAULT;
        return new DeleteOptions(
                or(said.deletes, or(defaults.deletes, standard.policy())),
                or(said.maxDeleteFraction, or(defaults.maxDeleteFraction, standard.maxFraction())));
    }

    private ColumnOptions columns(OptionDraft said) {
        ValuePolicies policies = policies(said, policies(defaults, ValuePolicies.DEFAULT));
        Map<String, ValuePolicies> byColumn = new LinkedHashMap<>();
        or(said.columnPolicies, Map.<String, OptionDraft>of())
                .forEach((column, draft) -> byColumn.put(column, policies(draft, policies)));
        return new ColumnOptions(
                or(said.columnTypes, Map.of()),
                or(said.excludeColumns, List.of()),
                or(said.purgeExcluded, or(defaults.purgeExcluded, ColumnOptions.DEFAULT.purgeExcluded())),
                policies,
                byColumn,
                or(said.loadedAtColumn, or(defaults.loadedAtColumn, StampOptions.DEFAULT)));
    }

    private static ValuePolicies policies(OptionDraft said, ValuePolicies otherwise) {
        return new ValuePolicies(
                or(said.nulCharacters, otherwise.nulCharacters()),
                or(said.invalidText, otherwise.invalidText()),
                or(said.zeroDates, otherwise.zeroDates()),
                or(said.tinyint1, otherwise.tinyint1()),
                or(said.time, otherwise.time()),
                Optional.ofNullable(said.timestamps).or(otherwise::timestamps));
    }

    private void check(YamlValue entry, OptionDraft said) {
        boolean saysBounds = said.minDate != null || said.maxDate != null;
        if (saysBounds && reversed(said)) {
            String found =
                    "min_date " + min(said) + " is after max_date " + max(said).orElseThrow();
            problem(entry, found, "set min_date to a day that is not after max_date", "data_quality_filters");
        }
        boolean saysWhenToLook = said.reconcile != null || said.strategy != null;
        if (saysWhenToLook
                && strategy(said) == IncrementalStrategy.AND_LOGIC
                && reconcile(said).every().isEmpty()) {
            String allowed = "set a duration such as 24h, or use or_logic: and_logic misses rows whose columns change "
                    + "at different times, and only reconcile finds them";
            problem(entry, "reconcile is off together with and_logic", allowed, "reconcile", "incremental_strategy");
        }
        or(said.excludeColumns, List.<String>of()).forEach(column -> checkExcluded(entry, said, column));
    }

    /** {@link CatalogCheck} checks a key that the source declares. */
    private void checkExcluded(YamlValue entry, OptionDraft said, String column) {
        boolean needed = Stream.of(said.primaryKey, said.incrementalColumns, said.columnPriorities)
                .flatMap(columns -> or(columns, List.<String>of()).stream())
                .anyMatch(column::equalsIgnoreCase);
        if (needed) {
            String allowed = "remove it from the list: columns of the key and cursor columns cannot be excluded";
            problem(entry, "loads need the column '" + column + "'", allowed, "exclude_columns." + column);
        }
    }

    /** Reports the first of these keys that the entry contains. */
    private void problem(YamlValue entry, String found, String allowed, String... keys) {
        String path = Stream.of(keys)
                .map(key -> entry.path() + "." + key)
                .filter(context.lines()::containsKey)
                .findFirst()
                .orElse(entry.path());
        context.problem(context.lines().getOrDefault(path, entry.line()), path, found, allowed);
    }

    private IncrementalStrategy strategy(OptionDraft said) {
        return or(said.strategy, or(defaults.strategy, IncrementalStrategy.OR_LOGIC));
    }

    private LoadMode mode(OptionDraft said) {
        LoadMode older = said.extraction == null ? null : said.extraction.load();
        return or(said.load, or(older, or(defaults.load, LoadOptions.DEFAULT.mode())));
    }

    private boolean reversed(OptionDraft said) {
        return max(said).filter(min(said)::isAfter).isPresent();
    }

    private LocalDate min(OptionDraft said) {
        return or(said.minDate, or(defaults.minDate, DateBounds.DEFAULT.min()));
    }

    private Optional<LocalDate> max(OptionDraft said) {
        return Optional.ofNullable(or(said.maxDate, defaults.maxDate)).or(DateBounds.DEFAULT::max);
    }
}
