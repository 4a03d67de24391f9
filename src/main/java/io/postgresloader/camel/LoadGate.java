package io.postgresloader.camel;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets loads and comparisons through, and keeps them out while routes are replaced. Those inside have a moment to end
 * by themselves; after that they are to break off at their next boundary, a chunk's end or a page's, and to go on once
 * the gate is open again.
 */
public final class LoadGate {
    private static final Logger LOG = LoggerFactory.getLogger(LoadGate.class);

    /** Most loads are done by then; a long one would keep everybody else waiting. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * Who does not come to a boundary by then, since a lock or a server keeps it waiting, is not to keep all other
     * tables waiting as well.
     */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Duration limit;
    private int inside;
    private boolean closed;
    private boolean breaksOff;
    private Runnable whenOpened = () -> {};

    public LoadGate() {
        this(LIMIT);
    }

    /** @param limit how long those inside may take to break off */
    LoadGate(Duration limit) {
        this.limit = limit;
    }

    /** @param action what follows each opening: those that were kept out may try again */
    synchronized void onOpen(Runnable action) {
        whenOpened = action;
    }

    /**
     * Passed by whoever uses routes for long.
     *
     * @return whether the way is free; then {@link #leave} has to follow
     */
    public synchronized boolean enter() {
        if (!closed) {
            inside++;
        }
        return !closed;
    }

    /** Passed afterwards. */
    public synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Whether those inside are to stop at their next boundary. */
    public synchronized boolean breaksOff() {
        return breaksOff;
    }

    /**
     * Waits until nobody is inside, then acts while nobody can enter.
     *
     * @return whether it came to that; otherwise somebody stayed inside for too long, and nothing was done
     */
    public boolean whenIdle(Runnable action) throws InterruptedException {
        try {
            boolean idle = awaitIdle();
            if (idle) {
                action.run();
            }
            return idle;
        } finally {
            open();
        }
    }

    private synchronized boolean awaitIdle() throws InterruptedException {
        closed = true;
        if (emptyWithin(GRACE)) {
            return true;
        }
        LOG.info("{} loads or comparisons are to break off, so that routes can be replaced", inside);
        breaksOff = true;
        return emptyWithin(limit);
    }

    private synchronized boolean emptyWithin(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toMillis();
        while (inside > 0 && left > 0) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        return inside == 0;
    }

    private void open() {
        Runnable action;
        synchronized (this) {
            closed = false;
            breaksOff = false;
            action = whenOpened;
        }
        action.run();
    }
}
