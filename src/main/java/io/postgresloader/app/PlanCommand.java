package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.load.plan.LoadExplainer;
import io.postgresloader.load.plan.PlanExplanation;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.Json;
import io.postgresloader.tracking.TrackingSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = {
            "Shows what the next load of each table will do, and why.",
            "Shows column types, schema changes in the target, load type and reason, SQL, row estimate and index."
                    + " Writes nothing."
        },
        exitCodeList = {"0:every table can be loaded", "1:a table cannot be loaded", ExitCode.WRONG, ExitCode.UNUSABLE},
        footer = {
            "%nExamples:",
            "  postgres-loader plan                        # all tables of the table list",
            "  postgres-loader plan --format json patient # one table, as JSON"
        })
final class PlanCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() {
        Settings settings = root.configuration().settings();
        Catalog catalog = CatalogReader.read(settings.files().tables());
        List<String> names = tables.in(catalog);
        try (Databases databases = Databases.open(settings)) {
            SourceCheck.requireAny(catalog, new SourceSchema(databases.source()));
            LoadExplainer explainer = new LoadExplainer(
                    LoadServices.of(settings, () -> catalog, databases.source(), databases.warehouse()),
                    TrackingSchema.current(databases.warehouse()));
            List<PlanExplanation> plans = names.stream().map(explainer::explain).toList();
            PrintWriter out = spec.commandLine().getOut();
            out.print(format.json() ? Json.pretty(plans) : PlanText.of(plans));
            out.flush();
            boolean blocked = plans.stream().anyMatch(plan -> plan.refusal().isPresent());
            return blocked ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
