package io.postgresloader.app;

import io.postgresloader.config.SystemCharset;
import io.postgresloader.sql.Frames;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry point of the program. */
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
        // The drivers log to java.util.logging, and their messages can quote values.
        LogManager.getLogManager().reset();
        // The JVM would print the exception's message, which can quote values.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> LOG.error("thread {} ended: {}", thread.getName(), Frames.of(thrown)));
        // Neither our code nor a library's writes numbers or compares names by the rules of a language.
        Locale.setDefault(Locale.ROOT);
        LogFormat.text(SystemCharset.ofOutput("stderr"));
        return RootCommand.execute(args, mavenCommands);
    }
}
