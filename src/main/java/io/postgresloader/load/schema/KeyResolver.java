package io.postgresloader.load.schema;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the key to upsert by: the configured one if the source guarantees it, otherwise the source's own. */
public final class KeyResolver {
    private KeyResolver() {}

    /**
     * @param place where {@code primary_key} is configured, as {@code FILE:LINE: }; may be empty
     * @return {@link Key#NONE} for a table without a unique not-null key that is to be loaded as a whole
     * @throws LoadFailedException of kind SCHEMA when any other table has no such key, or the configured one is none of
     *     the source's keys; the message says what to do
     */
    public static Key resolve(TableOptions options, SourceTable table, String place) {
        if (options.primaryKey().isEmpty()) {
            return table.ownKey().orElseGet(() -> none(options));
        }
        Key configured = new Key(
                options.primaryKey().stream().map(name -> spelled(table, name)).toList());
        Set<String> columns = Set.copyOf(configured.columns());
        if (table.keys().stream().anyMatch(key -> columns.equals(Set.copyOf(key.columns())))) {
            return configured;
        }
        Optional<Key> within = table.keys().stream()
                .filter(key -> columns.containsAll(key.columns()))
                .findFirst();
        throw LoadErrors.schema(place + "table " + table.name() + ": primary_key (" + configured + ") "
                + within.map(KeyResolver::more).orElse("is not unique and not null in the source; ") + choices(table));
    }

    /**
     * An upsert by a wider key adds a second copy of a row when a column outside of the source's key changes. Nothing
     * in such a load finds the old copy, and dead letters and comparisons would have another key than the source.
     */
    private static String more(Key key) {
        return "has more columns than the source's key (" + key + "): a change of the others would leave the old row in"
                + " the target; ";
    }

    /** A table without a key is replaced as a whole, if it is configured with {@code load: full}. */
    private static Key none(TableOptions options) {
        if (options.load().mode() != LoadMode.FULL) {
            throw LoadErrors.schema("table " + options.table()
                    + " has no key: no PRIMARY KEY and no unique index on columns that are all NOT NULL;"
                    + " add one to the source, or remove the table from the table list; a small one can be replaced as"
                    + " a whole at each load, with load: full");
        }
        if (!options.deletes().policy().worksWithoutKey()) {
            throw LoadErrors.schema("table " + options.table() + " has no key: without one, deleted rows cannot be"
                    + " distinguished from edited rows; use deletes: delete");
        }
        return Key.NONE;
    }

    private static String spelled(SourceTable table, String name) {
        return table.column(name)
                .map(Column::name)
                .orElseThrow(() -> LoadErrors.schema("table " + table.name() + ": primary_key names the column " + name
                        + ", which the source does not have; " + choices(table)));
    }

    private static String choices(SourceTable table) {
        List<Key> keys = table.keys();
        return keys.isEmpty()
                ? "the source declares no unique not-null key for it"
                : "allowed: "
                        + keys.stream().map(key -> "(" + key + ")").distinct().collect(Collectors.joining(" or "));
    }
}
