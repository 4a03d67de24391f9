package io.postgresloader.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.Charset;
import org.slf4j.LoggerFactory;

/** The format of the log. */
final class LogFormat {
    private static final String APPENDER = "STDERR";

    private LogFormat() {}

    /** Sets the character set of the text format, unless the user's own Logback configuration does. */
    static void text(Charset charset) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
                        instanceof ConsoleAppender<ILoggingEvent> appender
                && appender.getEncoder() instanceof PatternLayoutEncoder encoder
                && encoder.getCharset() == null) {
            encoder.setCharset(charset);
        }
    }

    /**
     * Switches the log to one JSON object per line: {@code timestamp} (milliseconds since 1970), {@code level}, {@code
     * loggerName}, {@code threadName}, {@code formattedMessage} and, in {@code mdc}, {@code table} and {@code load} if
     * they are set. As in the text format, exceptions are not written.
     */
    static void json() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMarkers(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithKVPList(false);
        encoder.setWithThrowable(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        if (!(root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> appender)) {
            // The user has configured Logback: leave it unchanged.
            return;
        }
        appender.stop();
        appender.setEncoder(encoder);
        appender.start();
    }
}
