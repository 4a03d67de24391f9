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

/** The log while the demo runs: complete in a file, and in short lines of a chosen level on the terminal. */
final class DemoLog implements AutoCloseable {
    private static final String SHORT = "%d{HH:mm:ss} %replace(%level ){'INFO ', ''}%msg%n%nopex";
    private static final String WHOLE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n%nopex";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();
    private final Optional<Terminal> terminal;

    /** The shipped appender and its encoder before; a user's own log configuration does not have that appender. */
    private record Terminal(ConsoleAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> before) {}

    /** @param path the log file, which is emptied */
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

    /** Sets the lowest level that the terminal shows; {@code OFF} shows nothing. */
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
