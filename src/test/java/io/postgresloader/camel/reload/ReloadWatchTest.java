package io.postgresloader.camel.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReloadWatchTest {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Files files = new Files();
    private final ReloadWatch watch = new ReloadWatch(List.of(files), 2);

    /** Plays the files: their text, or none, and how often applying it fails or throws an error. */
    private final class Files implements Reload {
        private volatile String text = "first";
        private volatile boolean deleted;
        private volatile int errors;
        private volatile int failures;

        @Override
        public Object read() throws IOException {
            if (deleted) {
                throw new FileNotFoundException();
            }
            return text;
        }

        @Override
        public boolean reload() {
            events.add(text);
            if (errors-- > 0) {
                throw new StackOverflowError();
            }
            return failures-- <= 0;
        }

        @Override
        public void unreadable(IOException why) {
            events.add("unreadable");
        }
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aSavedFileIsAppliedOnce() {
        watch.start();
        await().until(() -> events.contains("first"));
        files.text = "second";
        await().until(() -> events.contains("second"));

        assertThat(events).containsExactly("first", "second");
    }

    @Test
    void aDeletedFileIsReportedOnceAndAppliedWhenBack() {
        files.deleted = true;
        watch.start();
        await().until(() -> events.contains("unreadable"));
        files.deleted = false;
        await().until(() -> events.contains("first"));

        assertThat(events).containsExactly("unreadable", "first");
    }

    @Test
    void aReloadThatFailsIsRetried() {
        files.failures = 2;
        watch.start();

        await().until(() -> events.size() == 3);
    }

    @Test
    void anErrorDoesNotEndTheWatch() {
        files.errors = 1;
        watch.start();

        await().until(() -> events.size() == 2);
    }
}
