package io.postgresloader.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "run",
        description = {
            "Loads every table on its schedule until stopped (the default).",
            "If a database is down, at the start or later, the loader waits until it returns. SIGTERM or Ctrl-C stops"
                    + " the loader: each load stops after its current chunk, and the next run continues from there."
        },
        exitCodeList = {
            "1:the loader could not start; the message names the reason",
            ExitCode.WRONG,
            "3:with --fail-fast: a database cannot be used at start",
            "130:stopped by Ctrl-C, unless --exit-zero-on-stop is given",
            "143:stopped by SIGTERM, unless --exit-zero-on-stop is given"
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

    @Option(
            names = "--fail-fast",
            description = "Exit with 3 if a database cannot be used at start, instead of waiting for it.")
    private boolean failFast;

    @Option(
            names = "--exit-zero-on-stop",
            description = "Exit with 0 after SIGTERM or Ctrl-C, for supervisors that take other codes for a failure.")
    private boolean exitZeroOnStop;

    @Override
    public Integer call() throws Exception {
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        GracefulStop onSignal = onSignal(() -> stop.get().run());
        try {
            return run(stop);
        } finally {
            onSignal.cancel();
        }
    }

    private int run(AtomicReference<Runnable> stop) throws Exception {
        StartWait start = new StartWait(root.configuration());
        Session session = start.session(failFast);
        Loader loader = session.loader();
        AtomicReference<Operation> operation = new AtomicReference<>();
        Heartbeat heartbeat = new Heartbeat(session.databases().warehouse());
        CountDownLatch stopped = new CountDownLatch(1);
        stop.set(() -> {
            LOG.info("Stopping: each load stops after its current chunk");
            Optional.ofNullable(operation.get()).ifPresent(Operation::close);
            loader.close();
            heartbeat.close();
            session.close();
            stopped.countDown();
        });
        root.checkup(session.settings()).logFaults(session);
        loader.start();
        start.close();
        operation.set(Operation.start(session, loader));
        heartbeat.start();
        LOG.info(
                "Loading {} tables on schedule, {} at a time",
                session.catalog().tables().size(),
                session.settings().loading().workers());
        stopped.await();
        return ExitCode.DONE;
    }

    private GracefulStop onSignal(Runnable stop) {
        return exitZeroOnStop ? GracefulStop.withExitZero(stop) : GracefulStop.on(stop);
    }
}
