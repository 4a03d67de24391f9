package io.postgresloader.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WindowChangesTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    @Test
    void theWindowIsQuietAMomentAfterItsLastChange() {
        try (WindowChanges window = new WindowChanges(nanos::get)) {
            assertThat(window.changing()).isFalse();
            window.windowChanged();
            after(300);
            window.windowChanged();
            after(300);
            assertThat(window.changing()).isTrue();
            after(101);
            assertThat(window.changing()).isFalse();
        }
    }

    @Test
    void eachChangeIsTakenOnceAndTheSizeIsReadAtTheStart() {
        try (WindowChanges window = new WindowChanges(nanos::get)) {
            assertThat(window.takeResized()).isTrue();
            assertThat(window.takeResized()).isFalse();
            window.windowChanged();
            assertThat(window.takeResized()).isTrue();
            assertThat(window.takeResumed()).isFalse();
            window.processContinued();
            assertThat(window.takeResumed()).isTrue();
            assertThat(window.takeResumed()).isFalse();
            assertThat(window.takeResized()).isTrue();
        }
    }

    private void after(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
