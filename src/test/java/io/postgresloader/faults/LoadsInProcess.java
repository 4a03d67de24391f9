package io.postgresloader.faults;

import io.postgresloader.app.LoaderFixture;
import io.postgresloader.model.LoadResult;
import java.util.List;

/** Loads within the JVM of the test. */
final class LoadsInProcess implements Runner {
    private final LoaderFixture fixture;
    private final List<String> tables;
    private final Thread thread = new Thread(this::run, "loads");
    private volatile boolean over;

    LoadsInProcess(LoaderFixture fixture, List<String> tables) {
        this.fixture = fixture;
        this.tables = tables;
    }

    LoadsInProcess start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        over = true;
        Pause.untilEnded(thread);
    }

    /**
     * Loads each table once.
     *
     * @return how many rows were written; -1 when a load did not succeed
     */
    long round() {
        long written = 0;
        for (String table : tables) {
            LoadResult result = load(table);
            if (result == null || result.failure().isPresent()) {
                return -1;
            }
            written += result.counts().inserted() + result.counts().updated();
        }
        return written;
    }

    private LoadResult load(String table) {
        try {
            return fixture.load(table);
        } catch (RuntimeException | AssertionError notEvenStarted) {
            fixture.stop();
            return null;
        }
    }

    private void run() {
        while (!over) {
            for (String table : tables) {
                if (!over) {
                    load(table);
                }
            }
            Pause.millis(100);
        }
    }
}
