package io.postgresloader.app;

import io.postgresloader.sql.Frames;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the program begins. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args, MavenOnlyCommand.all()));
    }

    /**
     * Runs one command line.
     *
     * @param mavenCommands picocli commands {@code demo} and {@code benchmark}
     * @return the exit code
     */
    public static int execute(String[] args, List<Callable<Integer>> mavenCommands) {
        // The drivers' own log, which would go past ours: its texts are theirs.
        LogManager.getLogManager().reset();
        // The JVM would print what a thread ended with, and texts may quote values.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> LOG.error("thread {} ended: {}", thread.getName(), Frames.of(thrown)));
        return RootCommand.execute(args, mavenCommands);
    }
}
