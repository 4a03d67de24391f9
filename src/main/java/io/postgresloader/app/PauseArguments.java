package io.postgresloader.app;

import io.postgresloader.config.tables.Catalog;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The tables of {@code pause} and {@code resume}: named, or all of them. */
final class PauseArguments {
    @Mixin
    private TableArguments tables;

    @Option(names = "--all", description = "All tables of the table list.")
    private boolean all;

    /**
     * @return the named tables, or all configured tables
     * @throws ParameterException unless either tables or {@code --all} are given
     */
    List<String> in(Catalog catalog, CommandSpec spec) {
        if (all == tables.named()) {
            throw new ParameterException(
                    spec.commandLine(),
                    all ? "--all cannot be combined with names of tables" : "name the tables, or use --all");
        }
        return tables.in(catalog);
    }
}
