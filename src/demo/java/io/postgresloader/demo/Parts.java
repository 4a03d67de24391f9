package io.postgresloader.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the demo has started, ended in reverse order: a part may need those before it. A part that is being started when
 * the end comes is started first and ended then, so that no server is left behind.
 */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CountDownLatch ending = new CountDownLatch(1);

    /** @throws IllegalStateException when the end has begun */
    synchronized <T extends AutoCloseable> T start(Callable<T> start) throws Exception {
        if (ending()) {
            throw new IllegalStateException("nothing more is started: the demo ends");
        }
        T part = start.call();
        started.push(part);
        return part;
    }

    /** Whether the end has begun. From then on, what runs may fail in any way. */
    boolean ending() {
        return ending.getCount() == 0;
    }

    /** Waits for so long, or until the end begins; then true. */
    boolean endsWithin(long millis) throws InterruptedException {
        return ending.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends all parts, once; a part that cannot be ended keeps no other from its end. */
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
                // Not to the terminal, which may be gone: a write that fails would leave the other parts running.
                LOG.warn(
                        "{} did not end: {}",
                        part.getClass().getSimpleName(),
                        e.getClass().getName());
            }
        }
    }
}
