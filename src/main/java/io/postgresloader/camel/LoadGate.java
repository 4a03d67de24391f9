package io.postgresloader.camel;

import java.time.Duration;

/**
 * Lets loads and comparisons through, and keeps them out while routes are replaced. Those inside have a moment to end
 * by themselves; after that they are to break off at their next boundary, a chunk's end or a page's, and to go on once
 * the gate is open again.
 */
public final class LoadGate {
    /** Most loads are done by then; a long one would keep everybody else waiting. */
    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private int inside;
    private boolean closed;
    private boolean breaksOff;
    private Runnable whenOpened = () -> {};

    /** @param action what follows each opening: those that were kept out may try again */
    synchronized void onOpen(Runnable action) {
        whenOpened = action;
    }

    /**
     * Passed by whoever uses routes for long.
     *
     * @param refused what to do when the gate is closed; it is not opened meanwhile
     * @return whether the way is free; then {@link #leave} has to follow
     */
    public synchronized boolean enter(Runnable refused) {
        if (closed) {
            refused.run();
            return false;
        }
        inside++;
        return true;
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

    /** Waits until nobody is inside, then acts while nobody can enter. */
    public void whenIdle(Runnable action) throws InterruptedException {
        try {
            awaitIdle();
            action.run();
        } finally {
            open();
        }
    }

    private synchronized void awaitIdle() throws InterruptedException {
        closed = true;
        long grace = System.nanoTime() + GRACE_NANOS;
        while (inside > 0 && System.nanoTime() < grace) {
            wait(50);
        }
        breaksOff = true;
        while (inside > 0) {
            wait();
        }
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
