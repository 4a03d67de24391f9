package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.tables.Catalog;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The tables named on the command line. */
final class TableArguments {
    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            description = "Only these tables (default: all of the table list).")
    private List<String> tables = new ArrayList<>();

    /**
     * @return the named tables, each once, or all configured ones when none is named
     * @throws ConfigurationException when a named table is not configured
     */
    List<String> in(Catalog catalog) {
        List<ConfigurationProblem> unknown = tables.stream()
                .filter(table -> catalog.table(table).isEmpty())
                .map(table -> new ConfigurationProblem(
                        "command line",
                        0,
                        "TABLE",
                        table,
                        "allowed are the tables of " + catalog.file() + ", spelled as there"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(unknown);
        }
        return tables.isEmpty()
                ? List.copyOf(catalog.tables().keySet())
                : tables.stream().distinct().toList();
    }
}
