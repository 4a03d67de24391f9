package io.postgresloader.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class QuietLogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.postgresloader.load.run.ProgressLog",
                "io.postgresloader.verify.ComparisonProgress",
            })
    void classesThatReportProgressAreQuietWhileItIsShown(String name) throws ClassNotFoundException {
        Logger logger = LoggerFactory.getLogger(Class.forName(name));
        try (QuietLog quiet = new QuietLog()) {
            assertThat(quiet).isNotNull();
            assertThat(logger.isInfoEnabled()).isFalse();
            assertThat(logger.isWarnEnabled()).isTrue();
        }
        assertThat(logger.isInfoEnabled()).isTrue();
    }
}
