package io.postgresloader.source;

import io.postgresloader.model.Horizon;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What the source's clocks showed, and what work was open then.
 *
 * @param clock its clock in UTC
 * @param ahead how far the wall clock of its zone is ahead of UTC
 * @param daylightSaving how far that wall clock jumps in the course of a year
 * @param transaction how long before the clock the oldest open transaction began, or transactions were last looked at;
 *     empty: unknown at the moment
 * @param statement how long before the clock the oldest statement began, or statements were last looked at
 * @param showsTransactions whether the source shows its open transactions at all
 * @param lag how far it may be behind its primary, zero when it has none; empty: it does not follow it at the moment
 * @param server which server answered
 * @param notes what could not be found out, and what to do about it
 */
public record ClockReading(
        LocalDateTime clock,
        Duration ahead,
        Duration daylightSaving,
        Optional<Duration> transaction,
        Duration statement,
        boolean showsTransactions,
        Optional<Duration> lag,
        ServerIdentity server,
        List<String> notes) {
    /** Longer than any change waits to arrive: what was never loaded has no horizon to be held at. */
    private static final Duration EVER = Duration.ofDays(3650);

    public ClockReading {
        notes = List.copyOf(notes);
    }

    /** The wall clock of the source's zone. */
    public LocalDateTime wallClock() {
        return clock.plus(ahead);
    }

    /**
     * The time up to which the source is complete.
     *
     * @param transactional whether the rows are of an engine with transactions; without them only a statement can hold
     *     back what it writes
     * @param last the horizon of the last load, where an unknown horizon is held
     */
    public Horizon horizon(boolean transactional, Optional<LocalDateTime> last) {
        Optional<Duration> work = transactional
                ? transaction.map(age -> age.compareTo(statement) > 0 ? age : statement)
                : Optional.of(statement);
        LocalDateTime utc = work.flatMap(age -> lag.map(age::plus))
                .map(clock::minus)
                .orElseGet(() -> last.filter(clock::isAfter).orElseGet(() -> clock.minus(EVER)));
        return new Horizon(utc, utc.plus(ahead), daylightSaving, clock);
    }
}
