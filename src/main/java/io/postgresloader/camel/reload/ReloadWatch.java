package io.postgresloader.camel.reload;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files twice a second, and has them reloaded once they differ from what was seen last and have stayed the same
 * between two looks. Reading them beats listening to the file system: it is certain on every kind of mount, and a save
 * that is half done, a rename or a swapped link all look the same.
 */
public final class ReloadWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadWatch.class);
    private static final long EVERY_MILLIS = 500;

    /** So often may a file be missing: one that is being replaced is back by then. */
    private static final int PATIENCE = 4;

    /** So many looks pass before what could not be done is tried again. */
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

    /** @param everyMillis between two looks */
    ReloadWatch(List<Reload> reloads, long everyMillis) {
        this.everyMillis = everyMillis;
        all = reloads.stream().map(Watched::new).toList();
    }

    /** From now on files are looked at; what they hold at this moment may differ from what is in force. */
    public void start() {
        thread.scheduleWithFixedDelay(() -> all.forEach(this::look), everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /** Has everything reloaded now, and waits for it. What could not be done is told like any other outcome. */
    public void reloadNow() throws Exception {
        thread.submit(() -> {
                    for (Watched watched : all) {
                        watched.reloadNow();
                    }
                    return null;
                })
                .get();
    }

    /** What is under way has a moment to break off. */
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
            // Thrown on, it would end the looks for good, and nobody would know.
            watched.rest = REST;
            if (!thread.isShutdown()) {
                LOG.error(
                        "a reload broke off: {}; it is tried again",
                        e.getClass().getSimpleName());
            }
        }
    }

    /** One part of the configuration; touched by one thread alone. */
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
                    bringIntoForce(now);
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

        private void bringIntoForce(Object now) throws IOException, InterruptedException {
            if (reload.reload()) {
                done = now;
            } else {
                rest = REST;
            }
        }
    }
}
