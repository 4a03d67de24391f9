package io.postgresloader.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that the demo has started. They are ended in reverse order, because a part may need those before it. A part
 * that is starting when the end begins is started completely and then ended, so that no server keeps running.
 */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CountDownLatch ending = new CountDownLatch(1);

    /** @throws IllegalStateException when the end has begun */
    synchronized <T extends AutoCloseable> T start(Callable<T> start) throws Exception {
        if (ending()) {
            throw new IllegalStateException("the demo is ending; no part can be started");
        }
        T part = start.call();
        started.push(part);
        return part;
    }

    /** Whether the end has begun. After that, a running part may fail in any way. */
    boolean ending() {
        return ending.getCount() == 0;
    }

    /** Waits for this time, or until the end begins; returns whether it has begun. */
    boolean endsWithin(long millis) throws InterruptedException {
        return ending.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends all parts, once; a part that cannot be ended does not prevent the end of the others. */
    @Override
    public void close() {
        ending.countDown();
        endAll();
    }

    private synchronized void endAll() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                // Not to the terminal, which may be closed: a failed write would leave the other parts running.
                LOG.warn(
                        "{} did not end: {}",
                        part.getClass().getSimpleName(),
                        e.getClass().getName());
            }
        }
    }
}
