package io.postgresloader.app;

import io.postgresloader.load.Replays;
import io.postgresloader.model.LoadRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Loads the rows behind open dead letters again.",
            "Dead letters are rows that the target refused. Their keys are kept, and their rows are read from the"
                    + " source again: change what was wrong first."
        },
        exitCodeList = {
            "0:all of them are loaded, or there were none",
            "1:a row was refused again, or a load failed",
            ExitCode.WRONG,
            ExitCode.UNUSABLE
        },
        footer = {
            "%nExamples:",
            "  postgres-loader replay           # all tables with open dead letters",
            "  postgres-loader replay document  # one table"
        })
final class ReplayCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open(root.configuration());
                Loader loader = session.loader()) {
            List<String> open = session.services().deadLetters().tablesWithOpen();
            List<LoadRequest> requests = tables.in(session.catalog()).stream()
                    .filter(open::contains)
                    .map(LoadRequest::replayAll)
                    .toList();
            PrintWriter out = spec.commandLine().getOut();
            if (requests.isEmpty()) {
                out.println("No open dead letters.");
                return ExitCode.DONE;
            }
            GracefulStop.on(loader::close);
            loader.start();
            Replays replays = new Replays(session.services().deadLetters(), loader::load);
            LoadsDone done = new LoadsAtOnce(
                            replays::replay, session.settings().loading().workers())
                    .load(requests);
            out.print(SummaryTable.of(done));
            out.flush();
            boolean refusedAgain = done.counts().deadLettered() > 0;
            return refusedAgain ? ExitCode.FAILED : done.exitCode();
        }
    }
}
