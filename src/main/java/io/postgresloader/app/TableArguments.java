package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Nearest;
import io.postgresloader.config.tables.Catalog;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The TABLE arguments of a command. */
final class TableArguments {
    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            description = "Process only these tables (default: all tables of the table list).")
    private List<String> tables = new ArrayList<>();

    /** Whether a table is named. */
    boolean named() {
        return !tables.isEmpty();
    }

    /**
     * @return the named tables without duplicates, or all configured tables if none is named
     * @throws ConfigurationException if a named table is not configured
     */
    List<String> in(Catalog catalog) {
        List<ConfigurationProblem> unknown = tables.stream()
                .filter(table -> catalog.table(table).isEmpty())
                .map(table -> new ConfigurationProblem(
                        "command line",
                        0,
                        "TABLE",
                        "'" + table + "' is not in the table list",
                        Nearest.to(table, catalog.tables().keySet())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("use a table of " + catalog.file())))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(unknown);
        }
        return tables.isEmpty()
                ? List.copyOf(catalog.tables().keySet())
                : tables.stream().distinct().toList();
    }
}
