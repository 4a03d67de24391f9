package io.postgresloader.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The log as a user reads it who sets each logger to DEBUG that {@link LogConfiguration} does not switch off, in both
 * formats.
 */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Level> levels = new LinkedHashMap<>();
    private final OutputStreamAppender<ILoggingEvent> shipped;
    private final Encoder<ILoggingEvent> text;
    private final Encoder<ILoggingEvent> json;
    private final StringBuffer texts = new StringBuffer();
    private final StringBuffer jsons = new StringBuffer();

    LogCapture() {
        shipped = (OutputStreamAppender<ILoggingEvent>) root.getAppender("STDERR");
        text = shipped.getEncoder();
        LogFormat.json();
        json = shipped.getEncoder();
        root.detachAppender(shipped);
        for (Logger logger : loggers.getLoggerList()) {
            if (logger.getLevel() != null && logger.getLevel() != Level.OFF) {
                levels.put(logger, logger.getLevel());
                logger.setLevel(Level.DEBUG);
            }
        }
        setContext(loggers);
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        texts.append(encoded(text, event));
        jsons.append(encoded(json, event));
    }

    private static String encoded(Encoder<ILoggingEvent> encoder, ILoggingEvent event) {
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    String text() {
        return texts.toString();
    }

    String json() {
        return jsons.toString();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        levels.forEach(Logger::setLevel);
        shipped.stop();
        shipped.setEncoder(text);
        shipped.start();
        root.addAppender(shipped);
    }
}
