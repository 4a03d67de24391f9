package io.postgresloader.doctor;

import io.postgresloader.load.schema.KeyResolver;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.target.TargetNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Examines how the source declares the tables of the list: their keys, and whether PostgreSQL can have such tables. */
final class SourceKeyChecks {
    /** The most columns of a table of PostgreSQL. */
    private static final int MOST_COLUMNS = 1600;

    /** A row must fit into a page; values of variable length can be moved out of it, others cannot. */
    private static final int PAGE_BYTES = 8000;

    /** The next key is so many times the number of rows: keys are not handed out one after the other. */
    private static final BigDecimal FAR = BigDecimal.valueOf(1_000);

    /** A smaller table says nothing: most of its rows may have been deleted. */
    private static final long LEAST_ROWS = 20;

    private final Examined examined;
    private final SourceFacts facts;

    SourceKeyChecks(Examined examined, SourceFacts facts) {
        this.examined = examined;
        this.facts = facts;
    }

    List<Finding> keys() {
        return each(this::key);
    }

    private List<Finding> key(TableOptions options, SourceTable table) {
        try {
            Key key = keyOf(options, table);
            if (key.none() || table.pageable(key)) {
                return List.of();
            }
            String types = key.columns().stream()
                    .map(name -> table.column(name).orElseThrow())
                    .filter(column -> !column.pageable())
                    .map(column -> column.name() + " (" + column.columnType() + ")")
                    .collect(Collectors.joining(", "));
            return List.of(Check.TABLE_KEY
                    .warning("the key (" + key + ") has columns whose order is not that of their values: " + types
                            + "; plan shows whether the table can be loaded; another unique index on columns that are"
                            + " NOT NULL can be named in primary_key")
                    .of(table.name()));
        } catch (LoadFailedException e) {
            return List.of(fault(Check.TABLE_KEY, table, place(options) + withoutName(e, table)));
        }
    }

    /** @throws LoadFailedException when the table has no key that can be used */
    static Key keyOf(TableOptions options, SourceTable table) {
        return KeyResolver.resolve(options, table, "");
    }

    private static Finding fault(Check check, SourceTable table, String message) {
        return check.fault(message).of(table.name());
    }

    /** The message of a load that fails begins with its table, which a finding names by itself. */
    private static String withoutName(LoadFailedException e, SourceTable table) {
        return e.failure().message().replaceFirst("^table " + Pattern.quote(table.name()) + ":? ", "");
    }

    private String place(TableOptions options) {
        return options.primaryKey().isEmpty() ? "" : examined.catalog().place(options.table() + ".primary_key") + ": ";
    }

    /** By the next AUTO_INCREMENT value, which costs no look at the rows. */
    List<Finding> random() {
        return each((options, table) -> {
            SourceFacts.Relation relation = facts.relations().get(table.name());
            boolean cursors =
                    !options.cursors().columns().isEmpty() || options.load().mode() == LoadMode.FULL;
            boolean far = relation != null
                    && relation.estimatedRows() >= LEAST_ROWS
                    && relation.nextKey()
                            .filter(next ->
                                    next.compareTo(FAR.multiply(BigDecimal.valueOf(relation.estimatedRows()))) > 0)
                            .isPresent();
            return far && !cursors
                    ? List.of(Check.TABLE_RANDOM_KEY
                            .warning("its AUTO_INCREMENT is "
                                    + relation.nextKey().orElseThrow() + ", with about "
                                    + relation.estimatedRows() + " rows: the keys seem to be random, so that new rows"
                                    + " with lower keys do not show until a comparison; name a column that shows new"
                                    + " rows in incremental_columns, or set load: full")
                            .of(table.name()))
                    : List.of();
        });
    }

    List<Finding> widths() {
        return each((options, table) -> {
            List<Finding> found = new ArrayList<>();
            SourceTable loaded = table.without(options.columns().excluded());
            try {
                TargetNames.require(table.name(), loaded.columnNames());
            } catch (LoadFailedException e) {
                found.add(fault(Check.TABLE_WIDTH, table, withoutName(e, table)));
            }
            width(loaded).ifPresent(found::add);
            return found;
        });
    }

    private static Optional<Finding> width(SourceTable table) {
        int columns = table.columns().size();
        if (columns > MOST_COLUMNS) {
            return Optional.of(Check.TABLE_WIDTH
                    .fault("has " + columns + " columns, and a table of PostgreSQL has at most " + MOST_COLUMNS
                            + "; leave columns out with exclude_columns")
                    .of(table.name()));
        }
        int bytes =
                table.columns().stream().mapToInt(SourceKeyChecks::fixedBytes).sum();
        return bytes <= PAGE_BYTES
                ? Optional.empty()
                : Optional.of(Check.TABLE_WIDTH
                        .warning("a row without NULL has " + bytes + " bytes of numbers and times, and PostgreSQL keeps"
                                + " about " + PAGE_BYTES + " in a row: such rows become dead letters; leave columns out"
                                + " with exclude_columns")
                        .of(table.name()));
    }

    /** What a value takes in a row of PostgreSQL, where its length does not vary. */
    private static int fixedBytes(Column column) {
        return switch (column.dataType()) {
            case "tinyint", "smallint", "year" -> 2;
            case "mediumint", "int", "float", "date" -> 4;
            case "bigint", "double", "datetime", "timestamp" -> 8;
            case "time" -> 16;
            default -> 0;
        };
    }

    private List<Finding> each(BiFunction<TableOptions, SourceTable, List<Finding>> check) {
        return examined.tables().stream()
                .filter(facts.tables()::containsKey)
                .flatMap(name ->
                        check
                                .apply(
                                        examined.catalog().table(name).orElseThrow(),
                                        facts.tables().get(name))
                                .stream())
                .toList();
    }
}
