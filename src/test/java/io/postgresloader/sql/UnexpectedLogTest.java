package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Where an unexpected exception was thrown is in the log, once. */
class UnexpectedLogTest {
    private static final String VALUE = "Key (name)=(Doe)";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void capture() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void release() {
        logger().detachAppender(log);
    }

    static Stream<Throwable> unexplained() {
        return Stream.of(
                new IllegalStateException(VALUE),
                new Exception(VALUE, new NullPointerException(VALUE)),
                new SQLException(VALUE, "?"));
    }

    static Stream<Throwable> explained() {
        return Stream.of(
                new SQLException(VALUE, "23505"),
                new SQLException(VALUE, "08006"),
                new SQLException(VALUE, "XX000"),
                new IOException(VALUE),
                new RuntimeException(new InterruptedException()),
                new LoadFailedException(new Failure(FailureKind.UNKNOWN, Optional.empty(), "known already")));
    }

    @ParameterizedTest
    @MethodSource("unexplained")
    void itsFramesAreLoggedOnceWithoutItsText(Throwable thrown) {
        SqlFailures.of(thrown);
        SqlFailures.of(new RuntimeException(thrown));

        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getThrowableProxy()).isNull())
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains(thrown.getClass().getName(), "UnexpectedLogTest.unexplained(UnexpectedLogTest.java:")
                .doesNotContain("Doe");
    }

    @ParameterizedTest
    @MethodSource("explained")
    void otherExceptionsAreNotLogged(Throwable thrown) {
        SqlFailures.of(thrown);

        assertThat(log.list).isEmpty();
    }

    @Test
    void twoExceptionsOfOneKindAreTwoLines() {
        SqlFailures.of(new IllegalStateException(VALUE));
        SqlFailures.of(new IllegalStateException(VALUE));

        assertThat(log.list).hasSize(2);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(UnexpectedLog.class);
    }
}
