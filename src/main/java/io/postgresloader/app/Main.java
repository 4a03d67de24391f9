package io.postgresloader.app;

import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the program begins. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        // The drivers' own log, which would go past ours: its texts are theirs.
        LogManager.getLogManager().reset();
        // The JVM would print what a thread ended with, and texts may quote values.
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> LOG.error(
                "thread {} ended: {}", thread.getName(), thrown.getClass().getName()));
        System.exit(RootCommand.execute(args));
    }
}
