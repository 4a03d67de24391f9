package io.postgresloader.camel;

import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.TableHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.TemplatedRouteBuilder;

/**
 * The timer routes, one for each table of the list, made from the template {@code table-timer}. Those of a large list
 * take seconds to make; loads, health checks and MBeans do not wait for that.
 */
public final class TableTimers {
    /** The id of the template. */
    public static final String TEMPLATE = "table-timer";

    private static final String ID_PREFIX = "timer-";

    /** The first loads are spread over this time, in milliseconds. */
    private static final int SPREAD = 1000;

    /** In milliseconds. A timer that fires before its consumer has started does nothing until its next period. */
    private static final int FIRST_DELAY = 100;

    private final CamelContext context;
    private volatile Map<String, Timer> timers = Map.of();

    /** @param since when the table was given this period */
    private record Timer(Duration period, Instant since) {
        boolean isInFirstPeriod() {
            return Duration.between(since, Instant.now()).compareTo(period) < 0;
        }

        boolean isOutOfPatience() {
            return Duration.between(since, Instant.now()).compareTo(TableHealth.overdueAfter(period)) > 0;
        }
    }

    public TableTimers(CamelContext context) {
        this.context = context;
    }

    /** The id of a table's timer route. */
    public static String routeId(String table) {
        return ID_PREFIX + RouteText.encode(table);
    }

    /** Whether an id is that of a table's timer route. */
    public static boolean keeps(String routeId) {
        return routeId.startsWith(ID_PREFIX);
    }

    /**
     * Makes a timer route in any context, not only in that of these timers.
     *
     * @param period between two loads
     * @param delay milliseconds before it fires for the first time
     */
    public static void add(CamelContext context, String table, Duration period, int delay) throws Exception {
        TemplatedRouteBuilder.builder(context, TEMPLATE)
                .routeId(routeId(table))
                .parameter("table", RouteText.encode(table))
                .parameter("period", String.valueOf(period.toMillis()))
                .parameter("delay", String.valueOf(delay))
                .add();
    }

    /** Adjusts the timers to this list: a new table gets a timer, a table with another period gets another timer. */
    public synchronized void schedule(Collection<TableOptions> list) throws Exception {
        Map<String, Timer> before = timers;
        Map<String, Timer> wanted = new LinkedHashMap<>();
        list.forEach(table -> wanted.put(table.table(), timer(table, before)));
        for (Map.Entry<String, Timer> timer : before.entrySet()) {
            if (!timer.getValue().equals(wanted.get(timer.getKey()))) {
                remove(timer.getKey());
            }
        }
        timers = Collections.unmodifiableMap(wanted);
        start(wanted.keySet().stream()
                .filter(table -> !wanted.get(table).equals(before.get(table)))
                .toList());
    }

    /** Stops and removes all timer routes; {@link #restore()} makes them again. */
    public synchronized void removeAll() throws Exception {
        for (String table : timers.keySet()) {
            remove(table);
        }
    }

    /** Makes all timer routes again, from the current template. */
    public synchronized void restore() throws Exception {
        start(tables());
    }

    /** Whether the table is in the list. */
    public boolean has(String table) {
        return timers.containsKey(table);
    }

    /** The tables of the list. */
    public List<String> tables() {
        return List.copyOf(timers.keySet());
    }

    /** The tables whose timer should run but does not. */
    public List<String> silent() {
        return timers.keySet().stream()
                .filter(table -> context.getRouteController().getRouteStatus(routeId(table)) != ServiceStatus.Started)
                .toList();
    }

    /** Whether a table's timer has run for so long that a load should have succeeded. */
    public boolean outOfPatience(String table) {
        Timer timer = timers.get(table);
        return timer != null && timer.isOutOfPatience();
    }

    /**
     * Whether the first period of a table's timer is not over, and no load of the table has ended in it: what the
     * tracking tables say of it happened before the start.
     *
     * @param ended when the last load of the table ended
     */
    public boolean settles(String table, Optional<Instant> ended) {
        Timer timer = timers.get(table);
        return timer != null
                && timer.isInFirstPeriod()
                && ended.filter(timer.since()::isBefore).isEmpty();
    }

    private static Timer timer(TableOptions table, Map<String, Timer> before) {
        Timer timer = before.get(table.table());
        return timer != null && timer.period().equals(table.load().schedule())
                ? timer
                : new Timer(table.load().schedule(), Instant.now());
    }

    private void start(List<String> tables) throws Exception {
        int delay = 0;
        for (String table : tables) {
            add(context, table, timers.get(table).period(), FIRST_DELAY + delay++ * SPREAD / tables.size());
        }
    }

    private void remove(String table) throws Exception {
        context.getRouteController().stopRoute(routeId(table));
        context.removeRoute(routeId(table));
    }
}
