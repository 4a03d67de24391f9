package io.postgresloader.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A question to a database that many ask: it is put at most once in a while, and nobody waits for long, however long the
 * database takes. What it answers too late is there for whoever asks next.
 */
public final class Inquiry<T> {
    /** So long waits whoever asks, unless told otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<T> question;
    private final long freshNanos;
    private final long patienceNanos;
    private Optional<T> answer = Optional.empty();
    private boolean asking;
    private boolean told;
    private long toldAt;

    /**
     * @param question asks the database; when it throws, there is no answer
     * @param fresh for how long an answer, or that there is none, is good enough
     */
    public Inquiry(Supplier<T> question, Duration fresh) {
        this(question, fresh, PATIENCE);
    }

    /** @param patience how long whoever asks waits for the answer */
    public Inquiry(Supplier<T> question, Duration fresh, Duration patience) {
        this.question = question;
        freshNanos = fresh.toNanos();
        patienceNanos = patience.toNanos();
    }

    /** The answer; empty when there is none in time. */
    public synchronized Optional<T> answer() {
        if (isStale()) {
            ask();
            if (asking) {
                tell(Optional.empty());
            }
        }
        return answer;
    }

    private void ask() {
        if (!asking) {
            asking = true;
            // It may be held up for as long as the connection's timeout says.
            Thread thread = new Thread(this::put, "inquiry");
            thread.setDaemon(true);
            thread.start();
        }
        long end = System.nanoTime() + patienceNanos;
        try {
            for (long left = patienceNanos; asking && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put() {
        Optional<T> found = Optional.empty();
        try {
            found = Optional.of(question.get());
        } catch (RuntimeException e) {
            // Its text may quote values, and there is nothing else to tell.
        } finally {
            answered(found);
        }
    }

    private synchronized void answered(Optional<T> found) {
        asking = false;
        tell(found);
        notifyAll();
    }

    private void tell(Optional<T> found) {
        answer = found;
        told = true;
        toldAt = System.nanoTime();
    }

    private boolean isStale() {
        return !told || System.nanoTime() - toldAt > freshNanos;
    }
}
