package io.postgresloader.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.Logger;

/**
 * The log of the program. It is not a {@code logback.xml}, because reading one is a third of the work of a short command. A
 * file that the system property {@code logback.configurationFile} names takes its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    private static final String FILE = "logback.configurationFile";

    /** No exception is ever printed: drivers' messages quote values of rows, and rows are patient data. */
    static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n%nopex";

    static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry(Logger.ROOT_LOGGER_NAME, Level.INFO),
            Map.entry("org.apache.camel", Level.WARN),
            // These write an exception's message: error handlers at any level, and all that runs steps at DEBUG. The
            // loader reports the failure itself, without the message.
            Map.entry("org.apache.camel.processor", Level.OFF),
            Map.entry("org.apache.camel.spring.spi.TransactionErrorHandler", Level.OFF),
            // So do the consumers, of what they have in hand when they are stopped by force.
            Map.entry("org.apache.camel.component", Level.OFF),
            Map.entry("org.springframework", Level.OFF),
            // Its warnings quote drivers' messages.
            Map.entry("com.zaxxer.hikari", Level.ERROR),
            Map.entry("org.flywaydb", Level.WARN),
            // Its warnings say that a table is there already, as it may well be.
            Map.entry("org.flywaydb.core.internal.sqlscript", Level.ERROR),
            // The embedded servers of the demo quote statements.
            Map.entry("io.zonky", Level.WARN),
            Map.entry("ch.vorburger", Level.WARN));

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        // Standard output is for what a command answers.
        ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
        terminal.setContext(context);
        terminal.setName("STDERR");
        terminal.setTarget("System.err");
        terminal.setEncoder(encoder);
        terminal.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(terminal);
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
