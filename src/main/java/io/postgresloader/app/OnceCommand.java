package io.postgresloader.app;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "once", description = "Loads what is due, prints a summary and ends.")
final class OnceCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Option(names = "--full", description = "Load whole tables, whatever the watermarks say.")
    private boolean full;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open(root.configuration());
                Loader loader = session.loader()) {
            List<LoadRequest> requests = tables.in(session.catalog()).stream()
                    .map(table -> new LoadRequest(table, full ? LoadRequest.Kind.FULL : LoadRequest.Kind.DUE, true))
                    .toList();
            GracefulStop.on(loader::close);
            loader.start();
            List<LoadResult> results =
                    new LoadsAtOnce(loader, session.settings().workers()).load(requests, result -> {});
            PrintWriter out = spec.commandLine().getOut();
            out.print(SummaryTable.of(results));
            out.flush();
            return LoadsAtOnce.exitCode(results);
        }
    }
}
