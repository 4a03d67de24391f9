package io.postgresloader.app;

import io.postgresloader.config.Settings;
import io.postgresloader.tracking.StatusReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "status", description = "Shows how each table stands, the worst first.")
final class StatusCommand implements Callable<Integer> {
    /** Results of a comparison that somebody should look at. */
    private static final Set<String> CALLS = Set.of("braked", "failed");

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = root.configuration().settings();
        try (Databases databases = Databases.openTarget(settings)) {
            StatusReport report = new StatusReport(databases.target(), settings.targetSchema());
            if (!report.ready()) {
                spec.commandLine()
                        .getErr()
                        .println("schema " + settings.targetSchema()
                                + " of the target has no tracking tables of the loader yet; run: init");
                return ExitCode.FAILED;
            }
            List<StatusReport.Line> lines = report.read();
            PrintWriter out = spec.commandLine().getOut();
            out.print(StatusTable.of(lines));
            out.flush();
            boolean failed = lines.stream()
                    .anyMatch(line -> line.status().equals("failed")
                            || line.verifyResult().filter(CALLS::contains).isPresent());
            return failed ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
