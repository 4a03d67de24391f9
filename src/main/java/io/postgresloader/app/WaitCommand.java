package io.postgresloader.app;

import io.postgresloader.config.Durations;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.monitor.ClaimsAhead;
import io.postgresloader.monitor.FreshnessGoal;
import io.postgresloader.monitor.FreshnessGoal.Kind;
import io.postgresloader.source.SourceClock;
import io.postgresloader.tracking.FreshnessReport;
import io.postgresloader.tracking.FreshnessReport.Line;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.TrackingSchema;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "wait",
        description = {
            "Waits until tables are loaded, or complete, up to a time.",
            "Loaded: the target has the new rows, and the edits that cursor columns show. Complete: it has all changes"
                    + " and deletes, which takes a comparison that began at or after the time. Without --load, a running"
                    + " loader or once must do the work; wait only looks at the target."
        },
        exitCodeList = {
            "0:it holds for all tables",
            "1:it cannot hold: a load or a comparison failed, stopped at max_delete_fraction or left rows that differ, a"
                    + " table is paused, not compared or not tracked, or dead letters are open (--no-dead-letters)",
            ExitCode.WRONG,
            ExitCode.UNUSABLE,
            "4:timed out",
            ExitCode.STOPPED
        },
        footer = {
            "%nExamples:",
            "  postgres-loader wait --loaded-up-to now",
            "  postgres-loader wait --complete-up-to now --load claim payment",
            "  postgres-loader wait --loaded-up-to 2026-03-01T06:00:00Z --timeout 30m"
        })
final class WaitCommand implements Callable<Integer> {
    private static final String NOW = "now";

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Option(
            names = "--loaded-up-to",
            paramLabel = "TIME",
            description = "Wait for loads of what the source had committed at this time: ISO 8601 with zone or offset,"
                    + " or now, the source's clock at the call.")
    private String loadedUpTo;

    @Option(
            names = "--complete-up-to",
            paramLabel = "TIME",
            description = "Also wait for comparisons, which find deletes, and edits that no cursor column shows.")
    private String completeUpTo;

    @Option(names = "--no-dead-letters", description = "It does not hold while dead letters of these tables are open.")
    private boolean noDeadLetters;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2h",
            description = "Exit with 4 after this time, such as 30s, 15m or 2h (default: ${DEFAULT-VALUE}).")
    private String timeout;

    @Option(
            names = "--load",
            description = "Load the tables, and reconcile them if they are to be complete, instead of waiting for"
                    + " another process to do so. What fails for a reason that may pass is repeated.")
    private boolean load;

    @Override
    public Integer call() throws Exception {
        boolean complete = completeUpTo != null;
        if (complete == (loadedUpTo != null)) {
            throw new ParameterException(
                    spec.commandLine(), "give one of --loaded-up-to and --complete-up-to, with a time or now");
        }
        Kind kind = complete ? Kind.COMPLETE : Kind.LOADED;
        String text = complete ? completeUpTo : loadedUpTo;
        Duration time = timeout();
        if (!text.equals(NOW)) {
            Instant fixed = time(complete ? "--complete-up-to" : "--loaded-up-to", text);
            return await(kind, clock -> fixed, false, time);
        }
        return await(kind, clock -> clock.get().now().toInstant(ZoneOffset.UTC), true, time);
    }

    /** The time that is waited for, perhaps by the source's clock. */
    private interface Time {
        Instant by(Supplier<SourceClock> clock);
    }

    private Duration timeout() {
        return Durations.parse(timeout)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--timeout: found '" + timeout + "'; expected a duration of more than zero, such as 30s, 15m or"
                                + " 2h"));
    }

    private Instant time(String option, String text) {
        try {
            return FreshnessGoal.time(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage() + ", or now");
        }
    }

    private int await(Kind kind, Time time, boolean now, Duration limit) throws Exception {
        return load ? awaitLoading(kind, time, now, limit) : awaitOthers(kind, time, now, limit);
    }

    private int awaitOthers(Kind kind, Time time, boolean now, Duration limit) throws Exception {
        Settings settings = root.configuration().settings();
        Catalog catalog = CatalogReader.read(settings.files().tables());
        List<String> names = tables.in(catalog);
        PrintWriter out = spec.commandLine().getOut();
        try (Databases databases = Databases.openTarget(settings)) {
            if (!TrackingSchema.complete(databases.warehouse())) {
                spec.commandLine().getErr().println(StatusCommand.untracked(settings));
                return ExitCode.FAILED;
            }
            if (now) {
                databases.sourceSilence().ifPresent(reason -> {
                    throw new UnreachableException("source", reason);
                });
            }
            if (!runs(databases)) {
                out.println("No loader (run) is seen: once, or wait --load, has to load the tables.");
            }
            FreshnessGoal goal =
                    new FreshnessGoal(kind, time.by(() -> new SourceClock(databases.source())), noDeadLetters);
            FreshnessReport report = new FreshnessReport(databases.warehouse());
            return new GoalWait(goal, names, catalog::table, lines(report, goal, now), GoalWait.Clock.SYSTEM, out)
                    .await(limit, GoalWait.Work.NONE);
        }
    }

    /** A time that the source's clock has not reached when it is now was claimed before that clock went back. */
    private static Supplier<Map<String, Line>> lines(FreshnessReport report, FreshnessGoal goal, boolean now) {
        if (!now) {
            return report::read;
        }
        ClaimsAhead ahead = ClaimsAhead.of(report.read(), goal.time());
        return () -> ahead.leftOut(report.read());
    }

    private static boolean runs(Databases databases) {
        return new LoaderRecords(databases.warehouse())
                .read().stream().anyMatch(loader -> loader.state() == LoaderRecords.State.RUNNING);
    }

    private int awaitLoading(Kind kind, Time time, boolean now, Duration limit) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(root.configuration());
                Loader loader = session.briefLoader()) {
            List<String> names = tables.in(session.catalog());
            FreshnessGoal goal = new FreshnessGoal(kind, time.by(session.services()::sourceClock), noDeadLetters);
            FreshnessReport report = new FreshnessReport(session.databases().warehouse());
            session.onSignal(loader::close);
            loader.start();
            int workers = session.settings().loading().workers();
            out.println(session.cycleLine());
            try (GoalLoads loads = new GoalLoads(loader, workers, limit, out)) {
                return new GoalWait(
                                goal,
                                names,
                                session.catalog()::table,
                                lines(report, goal, now),
                                GoalWait.Clock.SYSTEM,
                                out)
                        .await(limit, loads);
            }
        }
    }
}
