package io.postgresloader.camel.reload;

import io.postgresloader.sql.Frames;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls files twice a second, and reloads them when their content has changed and two polls in a row read the same.
 * Polling is used instead of file system events since it works on every kind of mount, and treats a half-written file, a
 * rename and a changed link alike.
 */
public final class ReloadWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadWatch.class);
    private static final long EVERY_MILLIS = 500;

    /** Polls in a row that may fail before the failure is reported: a file that is being replaced is back by then. */
    private static final int PATIENCE = 4;

    /** Polls that are skipped before a reload that failed is tried again. */
    private static final int REST = 20;

    private final List<Watched> all;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread watch = new Thread(work, "reload-watch");
        watch.setDaemon(true);
        return watch;
    });

    private final long everyMillis;

    public ReloadWatch(List<Reload> reloads) {
        this(reloads, EVERY_MILLIS);
    }

    /** @param everyMillis time between two polls */
    ReloadWatch(List<Reload> reloads, long everyMillis) {
        this.everyMillis = everyMillis;
        all = reloads.stream().map(Watched::new).toList();
    }

    /** Starts to poll. The first poll reloads files that differ from the running configuration. */
    public void start() {
        thread.scheduleWithFixedDelay(() -> all.forEach(this::look), everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /** Reloads everything now and waits for the end. Problems are reported as for any other reload. */
    public void reloadNow() throws Exception {
        thread.submit(() -> {
                    for (Watched watched : all) {
                        watched.reloadNow();
                    }
                    return null;
                })
                .get();
    }

    /** Waits up to a second for a reload that is running. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Watched watched) {
        try {
            watched.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // If it were thrown, the executor would silently never poll again.
            watched.rest = REST;
            if (!thread.isShutdown()) {
                LOG.error("A reload failed and is tried again: {}", Frames.of(e));
            }
        }
    }

    /** One part of the configuration; used by one thread only. */
    private static final class Watched {
        private final Reload reload;
        private Object seen;
        private Object done;
        private int failures;
        private int rest;

        Watched(Reload reload) {
            this.reload = reload;
        }

        void look() throws InterruptedException {
            if (rest > 0) {
                rest--;
                return;
            }
            try {
                Object now = reload.read();
                failures = 0;
                boolean settled = now.equals(seen);
                seen = now;
                if (settled && !now.equals(done)) {
                    apply(now);
                }
            } catch (IOException e) {
                seen = null;
                failures++;
                if (failures == PATIENCE) {
                    reload.unreadable(e);
                    done = null;
                }
            }
        }

        void reloadNow() throws InterruptedException {
            try {
                reload.reload();
            } catch (IOException e) {
                reload.unreadable(e);
                done = null;
            }
        }

        private void apply(Object now) throws IOException, InterruptedException {
            if (reload.reload()) {
                done = now;
            } else {
                rest = REST;
            }
        }
    }
}
