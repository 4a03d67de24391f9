package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The log as {@link LogConfiguration} sets it. */
class ShippedLogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.camel.component.seda.SedaConsumer",
                "org.apache.camel.component.timer.TimerConsumer",
                "org.apache.camel.component.sql.SqlProducer",
                "org.apache.camel.processor.Pipeline",
                "org.apache.camel.processor.errorhandler.DefaultErrorHandler",
                "org.springframework.transaction.support.TransactionTemplate"
            })
    void loggersThatRepeatExceptionTextsAreOff(String logger) {
        assertThat(LoggerFactory.getLogger(logger).isErrorEnabled()).isFalse();
    }
}
