package io.postgresloader.camel.notify;

import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.Outbox;
import io.postgresloader.tracking.Outbox.Delivery;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code outbox}: the messages that are due, and what became of them. */
public final class OutboxSteps {
    /** Longer than the limits of all channels: after it, a message of a loader that was killed is taken again. */
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** After so many attempts, about half a day, the other messages of the channel do not wait any longer. */
    private static final int MOST_ATTEMPTS = 18;

    private static final Logger LOG = LoggerFactory.getLogger(OutboxSteps.class);

    private final Outbox outbox;
    private final Duration pause;
    private final BooleanSupplier stopping;
    private final Map<String, Due> current = new ConcurrentHashMap<>();

    /**
     * @param pause between the first attempt and the second; it doubles with each attempt, up to an hour
     * @param stopping whether no further attempt may begin
     */
    public OutboxSteps(Outbox outbox, Duration pause, BooleanSupplier stopping) {
        this.outbox = outbox;
        this.pause = pause;
        this.stopping = stopping;
    }

    /** The messages of a channel that are due, each taken when it is asked for; none while another thread has them. */
    public Iterator<Delivery> due(@Body String channel) {
        Due mine = new Due(channel);
        Due those = current.compute(channel, (name, other) -> other == null || other.isLeft() ? mine : other);
        return those == mine ? mine : Collections.emptyIterator();
    }

    /** Notes that the channel took the message. If that fails, it is sent again, with the same id. */
    public void sent(@Body Delivery delivery) {
        outbox.sent(delivery);
    }

    /** Notes why the channel did not take the message; it is tried again later. */
    public void failed(@Body Delivery delivery, Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        boolean known = thrown instanceof UndeliveredException;
        String reason = known ? thrown.getMessage() : SqlFailures.of(thrown).toString();
        boolean rejected = known && ((UndeliveredException) thrown).rejected() || delivery.attempt() >= MOST_ATTEMPTS;
        Duration wait = pause(delivery.attempt());
        if (delivery.attempt() == 1) {
            LOG.warn(
                    "The {} did not take a message about {}: {}; trying again in {} s, then less and less often",
                    delivery.channel(),
                    delivery.message().title(),
                    reason,
                    wait.toSeconds());
        }
        try {
            outbox.failed(delivery, reason, wait, rejected);
        } catch (RuntimeException e) {
            LOG.debug("A failed message cannot be noted now: {}", SqlFailures.of(e));
        }
    }

    private Duration pause(int attempts) {
        Duration doubled = pause.multipliedBy(1L << Math.min(attempts - 1, 20));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private final class Due implements Iterator<Delivery> {
        private final String channel;
        private Optional<Delivery> next = Optional.empty();
        private volatile boolean ended;
        private volatile long askedAt = System.nanoTime();

        private Due(String channel) {
            this.channel = channel;
        }

        /** Whether nobody asks for its messages any more: a route that is replaced leaves off in the middle. */
        private boolean isLeft() {
            return ended || System.nanoTime() - askedAt > LEASE.toNanos();
        }

        @Override
        public boolean hasNext() {
            askedAt = System.nanoTime();
            if (!ended && next.isEmpty()) {
                next = take();
                ended = next.isEmpty();
            }
            return !ended;
        }

        @Override
        public Delivery next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Delivery taken = next.orElseThrow();
            next = Optional.empty();
            return taken;
        }

        private Optional<Delivery> take() {
            try {
                return stopping.getAsBoolean() ? Optional.empty() : outbox.next(channel, LEASE);
            } catch (RuntimeException e) {
                LOG.debug("Messages cannot be read now: {}", SqlFailures.of(e));
                return Optional.empty();
            }
        }
    }
}
