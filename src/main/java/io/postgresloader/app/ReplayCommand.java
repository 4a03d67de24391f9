package io.postgresloader.app;

import io.postgresloader.load.run.Replays;
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
            "Loads the rows of open dead letters again.",
            "A dead letter is the key of a row that could not be written. Fix the cause first: replay reads the row"
                    + " from the source again and loads it."
        },
        exitCodeList = {
            "0:no dead letter of these tables is open any more",
            "1:dead letters are still open, or a load failed",
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

    @Mixin
    private DeadLetterOption deadLetters;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open(root.configuration());
                Loader loader = session.briefLoader()) {
            List<String> open = session.services().deadLetters().tablesWithOpen();
            List<String> names = tables.in(session.catalog());
            List<LoadRequest> requests = names.stream()
                    .filter(open::contains)
                    .map(LoadRequest::replayAll)
                    .toList();
            PrintWriter out = spec.commandLine().getOut();
            if (requests.isEmpty()) {
                out.println("No open dead letters.");
                return ExitCode.DONE;
            }
            session.onSignal(loader::close);
            loader.start();
            Replays replays = new Replays(session.services().deadLetters(), loader::load);
            LoadsDone done = new LoadsAtOnce(
                            replays::replay, session.settings().loading().workers())
                    .load(requests);
            out.print(SummaryTable.of(done));
            out.flush();
            return deadLetters.exitCode(
                    done.exitCode(),
                    session.services().deadLetters(),
                    names,
                    spec.commandLine().getErr());
        }
    }
}
