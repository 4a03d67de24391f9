package io.postgresloader.app;

import io.postgresloader.app.progress.ProgressDisplay;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.verify.Reconciliation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "once",
        description = {
            "Loads and reconciles the tables that are due, and exits.",
            "Prints one line per table, with the rows and the reason of the load, and the cycle_id of its rows in"
                    + " etl_table_metrics."
        },
        exitCodeList = {
            "0:all loads and reconciles are done, and no dead letter of these tables is open",
            "1:a load or a reconcile failed, a reconcile stopped at max_delete_fraction, a table is paused, or dead"
                    + " letters are open",
            ExitCode.WRONG,
            ExitCode.UNUSABLE,
            ExitCode.STOPPED
        },
        footer = {
            "%nExamples:",
            "  postgres-loader once                     # all tables of the table list",
            "  postgres-loader once --full patient fee  # two tables, all rows",
            "  postgres-loader once --accept-source     # the source's replica took the place of its primary",
            "  postgres-loader once --allow-dead-letters=9  # exit with 0 if at most 9 dead letters are open"
        })
final class OnceCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Option(names = "--full", description = "Load all rows, regardless of the watermarks.")
    private boolean full;

    @Option(
            names = "--accept",
            description =
                    "Accept that rows are rewritten: by an adoption that stopped, or by another clock of TIMESTAMP"
                            + " columns.")
    private boolean accept;

    @Option(
            names = "--accept-source",
            description =
                    "Go on with another source server that has the same rows, such as a replica that became the primary;"
                            + " the tables are compared soon.")
    private boolean acceptSource;

    @Option(names = "--allow-paused", description = "Exit with 0 although tables are paused, and were not loaded.")
    private boolean allowPaused;

    @Mixin
    private DeadLetterOption deadLetters;

    @Mixin
    private ProgressOption progress;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.begin(root.configuration());
                Loader loader = session.briefLoader()) {
            List<String> names = tables.in(session.catalog());
            List<LoadRequest> requests = names.stream()
                    .map(table -> new LoadRequest(table, full ? LoadRequest.Kind.FULL : LoadRequest.Kind.DUE, true)
                            .accepting(accept)
                            .acceptingSource(acceptSource))
                    .toList();
            session.onSignal(loader::close);
            AtTheSameTime.run(session::connect, loader::start);
            PauseCheck paused = new PauseCheck(loader.paused()::since);
            LoadsDone done;
            try (ProgressDisplay display = show(session, names.size())) {
                done = new LoadsAtOnce(
                                loader::recordUnchanged,
                                request -> paused.load(request, loader::load),
                                session.settings().loading().workers())
                        .load(
                                requests,
                                load -> display.finished(
                                        failed(load), load.counts().pulled()));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(SummaryTable.of(done));
            out.println(session.cycleLine());
            // What follows fails if the target does not answer any more, or has no space left.
            out.flush();
            loader.removeOld();
            List<Reconciliation> reconciled = new ArrayList<>(loader.adopted());
            reconciled.addAll(reconcile(session, loader, done.results()));
            if (!reconciled.isEmpty()) {
                out.println();
                out.print(ReconcileTable.of(reconciled));
            }
            out.flush();
            // What is only logged is in the log of this command already.
            if (session.settings().notifications().channels().size() > 1) {
                loader.tellChanges(LastMessages.LIMIT);
            }
            boolean failed =
                    reconciled.stream().anyMatch(table -> table.result().needsAttention());
            PrintWriter err = spec.commandLine().getErr();
            int exitCode = paused.exitCode(failed ? ExitCode.FAILED : done.exitCode(), allowPaused, err);
            return deadLetters.exitCode(exitCode, session.services().deadLetters(), names, err);
        }
    }

    private static boolean failed(LoadResult load) {
        return load.outcome() == LoadResult.Outcome.FAILED;
    }

    private ProgressDisplay show(Session session, int tables) {
        return progress.show(session.running(), tables, session.settings().jsonLog());
    }

    /** Reconciles the tables that are due, except those whose load failed. */
    private List<Reconciliation> reconcile(Session session, Loader loader, List<LoadResult> loads) {
        List<String> loaded = loads.stream()
                .filter(load -> load.outcome() == LoadResult.Outcome.SUCCESS)
                .map(LoadResult::table)
                .toList();
        Map<String, String> due = loaded.isEmpty() ? Map.of() : loader.reconcilesDue();
        List<String> tables = loaded.stream().filter(due::containsKey).toList();
        if (tables.isEmpty()) {
            return List.of();
        }
        List<Reconciliation> reconciled = new ArrayList<>();
        try (ProgressDisplay display = show(session, tables.size())) {
            for (String table : tables) {
                Optional<Reconciliation> done = loader.reconcile(table, due.get(table));
                display.finished(
                        done.isEmpty() || done.get().result().needsAttention(),
                        done.map(ended -> ended.found().rows()).orElse(0L));
                done.ifPresent(reconciled::add);
            }
        }
        return reconciled;
    }
}
