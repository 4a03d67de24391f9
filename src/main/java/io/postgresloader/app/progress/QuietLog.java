package io.postgresloader.app.progress;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Leaves out the log lines that say what the live progress shows, until it is closed. */
final class QuietLog implements AutoCloseable {
    private static final List<String> REPORTING =
            List.of("io.postgresloader.load.run.ProgressLog", "io.postgresloader.verify.ComparisonProgress");

    private final Map<Logger, Level> before = new HashMap<>();

    QuietLog() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        for (String name : REPORTING) {
            Logger logger = context.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(Level.WARN);
        }
    }

    @Override
    public void close() {
        before.forEach(Logger::setLevel);
    }
}
