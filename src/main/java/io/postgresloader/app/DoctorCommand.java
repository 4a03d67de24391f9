package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.doctor.Check;
import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.tracking.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = {
            "Examines both databases and the tables, and says what to do.",
            "Shows versions, rights, limits and settings, and what in the target would make loads fail. Changes"
                    + " nothing, and does not read the tables' rows."
        },
        exitCodeList = {
            "0:no fault was found",
            "1:a fault was found",
            ExitCode.WRONG,
            "3:a database is not available; what could be checked is shown"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader doctor                # everything",
            "  postgres-loader doctor --quiet        # only what needs attention",
            "  postgres-loader doctor --format json patient"
        })
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Mixin
    private FormatOption format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show warnings and faults only.")
    private boolean quiet;

    @Override
    public Integer call() {
        Settings settings = root.configuration().settings();
        Catalog catalog = CatalogReader.read(settings.files().tables());
        List<String> names = tables.in(catalog);
        try (Databases databases = Databases.unchecked(settings)) {
            List<Finding> findings = root.checkup(settings).examine(catalog, names, databases);
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    format.json()
                            ? Json.pretty(FindingsText.json(findings, quiet))
                            : FindingsText.of(
                                    findings,
                                    quiet,
                                    spec.commandLine().getColorScheme().ansi()));
            out.flush();
            return exitCode(findings);
        }
    }

    static int exitCode(List<Finding> findings) {
        List<Check> faults = findings.stream()
                .filter(finding -> finding.level() == Level.FAULT)
                .map(Finding::check)
                .toList();
        if (faults.contains(Check.SOURCE_CONNECTION) || faults.contains(Check.TARGET_CONNECTION)) {
            return ExitCode.UNREACHABLE;
        }
        return faults.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
