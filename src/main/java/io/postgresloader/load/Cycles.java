package io.postgresloader.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Gives loads that belong together one id, {@code cycle_id} in {@code etl_table_metrics}: all loads of one command such
 * as {@code once}, or all loads of one round of {@code run}.
 *
 * <p>A round begins with the first load that is queued while no other waits or runs, and not within two seconds of the
 * last one. It ends when that happens again, or when one of its tables is queued for the second time. So the loads of
 * tables with the same schedule are one round, though their timers fire over a second; a load that takes hours does not
 * hold up the rounds of the other tables.
 */
public final class Cycles {
    private static final long TOGETHER_NANOS = Duration.ofSeconds(2).toNanos();

    /** More rounds are not remembered. */
    private static final int MOST_ROUNDS = 1_000;

    private final Optional<String> command;
    private final LongSupplier nanos;
    private final Set<String> round = new HashSet<>();
    private final Map<String, String> queued = new HashMap<>();
    private final Deque<String> begun = new ArrayDeque<>();
    private String current = "";
    private long lastQueued;

    private Cycles(Optional<String> command, LongSupplier nanos) {
        this.command = command;
        this.nanos = nanos;
    }

    /** One id for everything that a command does. */
    public static Cycles ofCommand() {
        return new Cycles(Optional.of(id()), System::nanoTime);
    }

    /** An id for each round of the loads that are queued; other work, such as a reconcile, has none. */
    public static Cycles ofRounds() {
        return ofRounds(System::nanoTime);
    }

    /** @param nanos a clock that is never set back */
    static Cycles ofRounds(LongSupplier nanos) {
        return new Cycles(Optional.empty(), nanos);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** A load of the table is queued. */
    public synchronized void queued(String table) {
        if (current.isEmpty() || apart() || round.contains(table)) {
            begin();
        }
        lastQueued = nanos.getAsLong();
        round.add(table);
        queued.put(table, current);
    }

    private boolean apart() {
        return queued.isEmpty() && nanos.getAsLong() - lastQueued > TOGETHER_NANOS;
    }

    private void begin() {
        current = id();
        round.clear();
        begun.add(current);
        if (begun.size() > MOST_ROUNDS) {
            begun.remove();
        }
    }

    /**
     * The ids of the last rounds of this process that have ended, separated by commas: no load of theirs waits or runs, and
     * none will be added. Routes read it.
     */
    public synchronized String ended() {
        return begun.stream()
                .filter(id -> !queued.containsValue(id) && (!id.equals(current) || apart()))
                .collect(Collectors.joining(","));
    }

    /** The table's load has ended, or it is not wanted any more. */
    public synchronized void left(String table) {
        queued.remove(table);
    }

    /** The id for work on the table that happens now; empty: it belongs to no round. */
    public synchronized Optional<String> of(String table) {
        return command.or(() -> Optional.ofNullable(queued.get(table)));
    }
}
