package io.postgresloader.camel;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits loads and comparisons, and keeps them out while routes are reloaded. Those inside first have one second to
 * end. After that they have to stop at their next boundary, the end of a chunk or a page, and are resumed once the gate
 * is open again.
 */
public final class LoadGate {
    private static final Logger LOG = LoggerFactory.getLogger(LoadGate.class);

    /** Most loads end within this time. A longer wait for a long load would delay all other tables. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * A load that waits for a lock or a server may not reach a boundary. After this time it does not delay the other
     * tables any longer.
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

    /** @param limit how long those inside may take to stop at a boundary */
    LoadGate(Duration limit) {
        this.limit = limit;
    }

    /** @param action runs after each opening, so that those that were kept out can try again */
    synchronized void onOpen(Runnable action) {
        whenOpened = action;
    }

    /**
     * Enters the gate. Loads and comparisons call this before they use routes.
     *
     * @return whether the gate is open; then the caller must call {@link #leave}
     */
    public synchronized boolean enter() {
        if (!closed) {
            inside++;
        }
        return !closed;
    }

    /** Leaves the gate. */
    public synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Whether those inside are to stop at their next boundary. */
    public synchronized boolean breaksOff() {
        return breaksOff;
    }

    /**
     * Closes the gate, waits until it is empty, runs the action and opens the gate again.
     *
     * @return whether the action ran; otherwise a load or comparison stayed inside for too long
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
        LOG.info("stopping {} loads or comparisons so that routes can be reloaded", inside);
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
