package io.postgresloader.load;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import io.postgresloader.source.SourceSchema;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks a table list against the source, as far as the source's user may see it. */
public final class SourceCheck {
    private final SourceSchema source;
    private final Map<String, SourceTable> tables;

    private SourceCheck(SourceSchema source) {
        this.source = source;
        this.tables = source.tables();
    }

    /**
     * Finds tables and columns that the source does not have. A table is not checked if the user has no right to read
     * it, or a column that its options name: the right may come back, and the other tables are loaded. Its load fails
     * with the GRANT that is missing.
     *
     * @throws ConfigurationException with every unknown name
     */
    public static void check(Catalog catalog, SourceSchema source) {
        SourceCheck check = new SourceCheck(source);
        try {
            CatalogCheck.against(catalog, check.tables);
        } catch (ConfigurationException e) {
            Set<String> unreadable = catalog.tables().values().stream()
                    .filter(check::unreadable)
                    .map(TableOptions::table)
                    .collect(Collectors.toSet());
            if (unreadable.isEmpty()) {
                throw e;
            }
            CatalogCheck.against(catalog.without(unreadable), check.tables);
        }
    }

    private boolean unreadable(TableOptions options) {
        SourceTable table = tables.get(options.table());
        if (table == null) {
            return source.missingRight(options.table()).isPresent();
        }
        return named(options)
                .filter(column -> table.column(column).isEmpty())
                .anyMatch(column -> source.missingRight(options.table(), column).isPresent());
    }

    /** The columns that options name. */
    private static Stream<String> named(TableOptions options) {
        return Stream.of(
                        options.primaryKey(),
                        options.cursors().columns(),
                        options.columns().excluded(),
                        options.columns().types().keySet(),
                        options.columns().policiesByColumn().keySet())
                .flatMap(Collection::stream);
    }
}
