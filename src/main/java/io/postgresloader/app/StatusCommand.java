package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.model.SourceState;
import io.postgresloader.monitor.DocumentJson;
import io.postgresloader.monitor.StatusDocuments;
import io.postgresloader.monitor.StatusReader;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.source.SourceStates;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.LockHolder;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.TrackingSchema;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = {
            "Shows the health of each table, the worst first.",
            "Also shows the six figures of etl_monitoring, and whether a loader (run) runs. Status needs only the target;"
                    + " if the source is available, it also shows the age of the newest change that is loaded."
        },
        exitCodeList = {
            "0:no table needs attention",
            "1:a table failed, had no success for three periods, stopped at max_delete_fraction or has open dead"
                    + " letters; a loader was not stopped and is not seen any more, or holds a table and gives no sign;"
                    + " or init was never run",
            ExitCode.WRONG + "; with an invalid table list, the tables are shown all the same",
            "3:the target is not available"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader status                # all tables",
            "  postgres-loader status --watch        # refresh every 5 seconds",
            "  postgres-loader status --format json  # as JSON"
        })
final class StatusCommand implements Callable<Integer> {
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Show only these tables (default: all).")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "5",
            description = "Refresh the output at this interval until interrupted (default: ${FALLBACK-VALUE}).")
    private Integer watch;

    @Mixin
    private FormatOption format;

    @Mixin
    private DeadLetterOption deadLetters;

    /**
     * The table list, which may change while its tables are shown again and again.
     *
     * @param catalog empty: the list is invalid, and tables are not compared with it
     * @param invalid why it is, as every command that reads it says
     */
    private record TableList(Optional<Catalog> catalog, Optional<ConfigurationException> invalid) {
        static TableList read(Settings settings) {
            try {
                return new TableList(
                        Optional.of(CatalogReader.read(settings.files().tables())), Optional.empty());
            } catch (ConfigurationException e) {
                return new TableList(Optional.empty(), Optional.of(e));
            }
        }

        /**
         * @param attention whether something that was shown needs attention
         * @throws ConfigurationException if the list is invalid: what was shown without it says nothing of overdue tables
         */
        int exitCode(boolean attention) {
            if (invalid.isPresent()) {
                throw invalid.get();
            }
            return attention ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (watch != null && watch < 1) {
            throw new ParameterException(spec.commandLine(), "--watch must be at least 1 second");
        }
        Settings settings = root.configuration().settings();
        try (Databases databases = Databases.openTarget(settings)) {
            if (!TrackingSchema.complete(databases.warehouse())) {
                spec.commandLine().getErr().println(untracked(settings));
                return TableList.read(settings).exitCode(true);
            }
            if (watch == null) {
                TableList list = TableList.read(settings);
                StatusAttention attention = show(databases, list);
                attention.line().ifPresent(spec.commandLine().getErr()::println);
                return list.exitCode(attention.needed());
            }
            while (true) {
                showAgain(databases, settings);
                Thread.sleep(1000L * watch);
            }
        }
    }

    /** The message of commands that load nothing, and therefore create nothing. */
    static String untracked(Settings settings) {
        return "schema " + settings.targetSchema()
                + " of the target has no tracking tables of this loader version; run init";
    }

    /** Refreshes the output. A target that is temporarily unavailable does not end the command. */
    private void showAgain(Databases databases, Settings settings) {
        try {
            TableList list = TableList.read(settings);
            show(databases, list);
            list.invalid().ifPresent(e -> spec.commandLine().getErr().println(e.getMessage()));
        } catch (DataAccessException e) {
            spec.commandLine().getErr().println("the target cannot be queried: " + SqlFailures.of(e));
        }
    }

    private StatusAttention show(Databases databases, TableList list) {
        if (list.invalid().isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("the table list is invalid: overdue and unconfigured tables are not marked");
        }
        Settings settings = root.configuration().settings();
        StatusReader reader = new StatusReader(databases.warehouse(), true);
        StatusReader.Now now = reader.now();
        boolean answers = sourceAnswers(databases);
        List<TableHealth> tables = named(now.health(list.catalog(), answers ? sourceStates(databases) : Map.of()));
        PrintWriter out = spec.commandLine().getOut();
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        if (watch != null) {
            out.print(ansi.enabled() ? CLEAR_SCREEN : System.lineSeparator());
        }
        if (format.json()) {
            StatusDocuments documents = new StatusDocuments(settings.source().database());
            out.print(DocumentJson.pretty(
                    documents.of(now, tables, Optional.of(reader.trends()), Optional.of(answers), Optional.empty())));
        } else {
            out.print(text(tables, new Monitoring(databases.warehouse()).figures(), now.loaders(), ansi));
        }
        out.flush();
        return StatusAttention.of(
                tables, now.loaders(), LockHolder.silent(databases.warehouse()), deadLetters.allowed());
    }

    /** On a terminal, the lines fit into its width; if they are refreshed, into its height as well. */
    private String text(
            List<TableHealth> tables,
            Map<String, OptionalDouble> figures,
            List<LoaderRecords.Loader> loaders,
            Ansi ansi) {
        String last = LoaderText.of(loaders);
        Optional<TerminalSize> size = TerminalSize.now();
        if (size.isEmpty()) {
            return StatusText.of(tables, figures, ansi) + System.lineSeparator() + last;
        }
        List<StatusRow> rows = StatusText.rows(tables);
        List<String> below = Stream.of(FigureTable.of(figures), "", last)
                .flatMap(String::lines)
                .toList();
        return watch == null
                ? StatusScreen.all(rows, below, size.get().columns(), ansi)
                : StatusScreen.fit(rows, below, size.get(), ansi);
    }

    private List<TableHealth> named(List<TableHealth> all) {
        List<String> known = all.stream().map(health -> health.line().table()).toList();
        tables.stream().filter(table -> !known.contains(table)).findFirst().ifPresent(table -> {
            throw new ParameterException(
                    spec.commandLine(), "table '" + table + "' is neither in the table list nor in etl_load_status");
        });
        return all.stream()
                .filter(health ->
                        tables.isEmpty() || tables.contains(health.line().table()))
                .toList();
    }

    private boolean sourceAnswers(Databases databases) {
        Optional<String> silence = databases.sourceSilence();
        silence.ifPresent(
                reason -> spec.commandLine().getErr().println(reason + "; the age of the newest change is not shown"));
        return silence.isEmpty();
    }

    private static Map<String, SourceState> sourceStates(Databases databases) {
        try {
            return new SourceStates(databases.source()).all();
        } catch (RuntimeException e) {
            // The connection was lost after the check: same as an unavailable source.
            return Map.of();
        }
    }
}
