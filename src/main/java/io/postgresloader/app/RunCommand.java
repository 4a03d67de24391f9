package io.postgresloader.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "run",
        description = {
            "Loads every table on its schedule until stopped (the default).",
            "If a database becomes unavailable, the loader waits until it returns. SIGTERM or Ctrl-C stops the"
                    + " loader: each load stops after its current chunk, and the next run continues from there."
        },
        exitCodeList = {
            "1:the loader could not start; the message names the reason",
            ExitCode.WRONG,
            "3:a database is not available at start",
            "130:stopped by Ctrl-C",
            "143:stopped by SIGTERM"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader run",
            "  LOADER_WORKERS=4 postgres-loader run  # four tables at the same time"
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @ParentCommand
    private RootCommand root;

    @Override
    public Integer call() throws Exception {
        Session session = Session.open(root.configuration());
        Loader loader = session.loader();
        AtomicReference<Operation> operation = new AtomicReference<>();
        CountDownLatch stopped = new CountDownLatch(1);
        GracefulStop.on(() -> {
            LOG.info("Stopping: each load stops after its current chunk");
            Optional.ofNullable(operation.get()).ifPresent(Operation::close);
            loader.close();
            session.close();
            stopped.countDown();
        });
        loader.start();
        operation.set(Operation.start(session, loader));
        LOG.info(
                "Loading {} tables on schedule, {} at a time",
                session.catalog().tables().size(),
                session.settings().loading().workers());
        stopped.await();
        return ExitCode.DONE;
    }
}
