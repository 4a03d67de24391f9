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
import org.slf4j.LoggerFactory;

/** The log while the demo runs: whole in a file, and on the terminal in short lines, once the first load is done. */
final class DemoLog implements AutoCloseable {
    private static final String SHORT = "%d{HH:mm:ss} %replace(%level ){'INFO ', ''}%msg%n%nopex";
    private static final String WHOLE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n%nopex";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ConsoleAppender<ILoggingEvent> terminal;
    private final Encoder<ILoggingEvent> before;
    private final FileAppender<ILoggingEvent> whole = new FileAppender<>();

    /** @param file begins empty */
    DemoLog(Path file) {
        terminal = (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        before = terminal.getEncoder();
        whole.setContext(context);
        whole.setFile(file.toString());
        whole.setAppend(false);
        whole.setEncoder(encoder(WHOLE));
        whole.start();
        root.addAppender(whole);
        encode(encoder(SHORT));
        ThresholdFilter errors = new ThresholdFilter();
        errors.setLevel(Level.ERROR.toString());
        errors.start();
        terminal.addFilter(errors);
    }

    /** From now on the terminal shows more than errors. */
    void show() {
        terminal.clearAllFilters();
    }

    @Override
    public void close() {
        show();
        encode(before);
        root.detachAppender(whole);
        whole.stop();
    }

    private void encode(Encoder<ILoggingEvent> encoder) {
        terminal.stop();
        encoder.start();
        terminal.setEncoder(encoder);
        terminal.start();
    }

    private PatternLayoutEncoder encoder(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}
