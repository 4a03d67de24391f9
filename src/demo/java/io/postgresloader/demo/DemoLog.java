package io.postgresloader.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The log while the demo runs: whole in a file, and in short lines on the terminal, from the level that is asked for. */
final class DemoLog implements AutoCloseable {
    private static final String SHORT = "%d{HH:mm:ss} %replace(%level ){'INFO ', ''}%msg%n%nopex";
    private static final String WHOLE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n%nopex";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();
    private final Optional<Terminal> terminal;

    /** The shipped appender, and how it wrote before; a configuration of somebody's own has none. */
    private record Terminal(ConsoleAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> before) {}

    /** @param path begins empty */
    DemoLog(Path path) {
        file.setContext(context);
        file.setFile(path.toString());
        file.setAppend(false);
        file.setEncoder(encoder(WHOLE));
        file.start();
        root.addAppender(file);
        terminal = root.getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> appender
                ? Optional.of(new Terminal(appender, appender.getEncoder()))
                : Optional.empty();
        terminal.ifPresent(it -> encode(it.appender, encoder(SHORT)));
    }

    /** From now on the terminal shows this level and above; {@code OFF}: nothing. */
    void show(Level level) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(level.toString());
        filter.start();
        terminal.ifPresent(it -> {
            it.appender.clearAllFilters();
            it.appender.addFilter(filter);
        });
    }

    @Override
    public void close() {
        terminal.ifPresent(it -> {
            it.appender.clearAllFilters();
            encode(it.appender, it.before);
        });
        root.detachAppender(file);
        file.stop();
    }

    private static void encode(ConsoleAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
        appender.stop();
        encoder.start();
        appender.setEncoder(encoder);
        appender.start();
    }

    private PatternLayoutEncoder encoder(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}
