package io.postgresloader.app;

import java.util.logging.LogManager;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // The drivers' own log, which would go past ours: its texts are theirs.
        LogManager.getLogManager().reset();
        System.exit(RootCommand.execute(args));
    }
}
