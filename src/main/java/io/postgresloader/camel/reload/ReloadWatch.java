package io.postgresloader.camel.reload;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private final List<Reload> reloads;
    private final Map<Reload, Object> seen = new ConcurrentHashMap<>();
    private final Map<Reload, Object> done = new ConcurrentHashMap<>();
    private final Map<Reload, Integer> failures = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread watch = new Thread(work, "reload-watch");
        watch.setDaemon(true);
        return watch;
    });

    public ReloadWatch(List<Reload> reloads) {
        this.reloads = List.copyOf(reloads);
    }

    /** From now on files are looked at; what they hold at this moment may differ from what is in force. */
    public void start() {
        thread.scheduleWithFixedDelay(
                () -> reloads.forEach(this::look), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Has everything reloaded now, and waits for it. */
    public void reloadNow() throws Exception {
        thread.submit(() -> {
                    for (Reload reload : reloads) {
                        reload.reload();
                    }
                    return null;
                })
                .get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look(Reload reload) {
        try {
            Object now = reload.read();
            failures.remove(reload);
            boolean settled = now.equals(seen.put(reload, now));
            if (settled && !now.equals(done.get(reload)) && reload.reload()) {
                done.put(reload, now);
            }
        } catch (IOException e) {
            seen.remove(reload);
            if (failures.merge(reload, 1, Integer::sum) == PATIENCE) {
                reload.unreadable();
                done.remove(reload);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a reload broke off: {}; it is tried again", e.getClass().getSimpleName());
        }
    }
}
