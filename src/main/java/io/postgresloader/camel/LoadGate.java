package io.postgresloader.camel;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets loads through, and holds new ones back while something waits for those inside to end. */
public final class LoadGate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Passed by the thread that will load. */
    public void enter() {
        lock.readLock().lock();
    }

    /** Passed by the same thread afterwards. */
    public void leave() {
        lock.readLock().unlock();
    }

    /** Waits until no load runs, then acts while none can begin. */
    void whenIdle(Runnable action) {
        lock.writeLock().lock();
        try {
            action.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
