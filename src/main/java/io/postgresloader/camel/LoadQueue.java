package io.postgresloader.camel;

import io.postgresloader.load.Cycles;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code queue}: which tables wait for a worker of this process or have one. A timer that fires meanwhile is
 * ignored. The queue only avoids useless messages: a lock in PostgreSQL decides which instance may load a table.
 */
public final class LoadQueue {
    /** The header with the name of the timer's table. */
    public static final String TABLE = "table";

    private static final Logger LOG = LoggerFactory.getLogger(LoadQueue.class);

    /** Requests that wait for a worker or for the gate to open. A table is either waiting, running or idle. */
    private final Map<String, LoadRequest> waiting = new HashMap<>();

    private final Map<String, LoadRequest> running = new HashMap<>();

    private final LoadGate gate;
    private final Predicate<String> wanted;
    private final Predicate<String> rests;
    private final Consumer<LoadResult> ended;
    private final Cycles cycles;

    /**
     * @param gate the gate that each load enters
     * @param wanted whether a table is to be loaded: it may have left the table list, or be paused, while it waited
     * @param again requests a load once more
     */
    public LoadQueue(LoadGate gate, Predicate<String> wanted, Consumer<LoadRequest> again) {
        this(gate, wanted, again, table -> false, result -> {}, Cycles.ofRounds());
    }

    /** @param services supply the options of tables, and whether their last loads failed */
    public LoadQueue(LoadGate gate, Predicate<String> wanted, Consumer<LoadRequest> again, LoadServices services) {
        this(
                gate,
                wanted,
                again,
                new FailureBackOff(services.catalog(), table -> services.loadStatus()
                        .look(table)
                        .before()
                        .status()
                        .equals("failed")),
                services.cycles());
    }

    private LoadQueue(
            LoadGate gate,
            Predicate<String> wanted,
            Consumer<LoadRequest> again,
            FailureBackOff backOff,
            Cycles cycles) {
        this(gate, wanted, again, backOff::rests, backOff::ended, cycles);
    }

    private LoadQueue(
            LoadGate gate,
            Predicate<String> wanted,
            Consumer<LoadRequest> again,
            Predicate<String> rests,
            Consumer<LoadResult> ended,
            Cycles cycles) {
        this.gate = gate;
        this.wanted = wanted;
        this.rests = rests;
        this.ended = ended;
        this.cycles = cycles;
        gate.onOpen(() -> release(again));
    }

    /**
     * The request of a table's timer.
     *
     * @param encoded the table's name as in {@link RouteText}
     */
    public LoadRequest due(String encoded) {
        return LoadRequest.due(RouteText.decode(encoded));
    }

    /**
     * Queues the request, unless its table is queued or running already. A timer's request is ignored, too, while the
     * table rests after failures.
     */
    public boolean enter(@Header(TABLE) String table, @Body LoadRequest request) {
        boolean tooEarly = request.equals(LoadRequest.due(table)) && !contains(table) && rests.test(table);
        return !tooEarly && add(table, request);
    }

    private synchronized boolean add(String table, LoadRequest request) {
        boolean entered = !running.containsKey(table) && waiting.putIfAbsent(table, request) == null;
        if (entered) {
            cycles.queued(table);
        } else {
            LOG.debug("{}: still queued or running; request ignored", table);
        }
        return entered;
    }

    /** Those of the requests whose tables are to be loaded; the others leave the queue. */
    public List<LoadRequest> wanted(@Body List<LoadRequest> requests) {
        List<LoadRequest> left = new ArrayList<>(requests);
        left.removeIf(request -> !wanted.test(request.table()) && forget(request.table(), request));
        return left;
    }

    /**
     * The requests of which no load has been recorded. The others leave the queue.
     *
     * @param recorded the results of the loads that were recorded without a load of their own
     */
    public List<LoadRequest> left(
            @Body List<LoadRequest> requests, @Variable(LoadVariables.RECORDED) List<LoadResult> recorded) {
        Set<String> done = recorded.stream().map(LoadResult::table).collect(Collectors.toSet());
        List<LoadRequest> left = new ArrayList<>(requests);
        left.removeIf(request -> done.contains(request.table()) && forget(request.table(), request));
        recorded.forEach(ended);
        return left;
    }

    /** Whether a queued load may begin now. If not, it waits for the gate, or is dropped if the table is not wanted. */
    public boolean begin(@Header(TABLE) String table, @Body LoadRequest request) {
        if (!wanted.test(table)) {
            forget(table, request);
            return false;
        }
        if (!gate.enter()) {
            return false;
        }
        boolean begun = take(table, request);
        if (!begun) {
            gate.leave();
        }
        return begun;
    }

    /**
     * Ends a load that began. The table's timer is obeyed again, unless the load has to be resumed soon.
     *
     * @param result a {@link LoadResult}, unless the load ended without one
     */
    public void leave(@Header(TABLE) String table, @Body Object result) {
        if (result instanceof LoadResult load) {
            ended.accept(load);
        }
        if (giveBack(table, result)) {
            gate.leave();
        }
    }

    /** Whether the table is queued or running. */
    public synchronized boolean contains(String table) {
        return waiting.containsKey(table) || running.containsKey(table);
    }

    /** The tables that wait for a worker, by name. */
    public synchronized List<String> waitingTables() {
        return waiting.keySet().stream().sorted().toList();
    }

    /** How many tables are queued. */
    public synchronized int queued() {
        return waiting.size();
    }

    /** How many tables are being loaded. */
    public synchronized int running() {
        return running.size();
    }

    /** How many tables are queued or running. */
    public synchronized int size() {
        return waiting.size() + running.size();
    }

    /** A request that is not waiting any more was queued twice, by {@link #release}. */
    private synchronized boolean take(String table, LoadRequest request) {
        boolean waited = waiting.remove(table, request);
        if (waited) {
            running.put(table, request);
        }
        return waited;
    }

    private synchronized boolean giveBack(String table, Object result) {
        LoadRequest request = running.remove(table);
        if (request != null && gate.breaksOff()) {
            waiting.put(table, goingOn(request, result));
        } else {
            cycles.left(table);
        }
        return request != null;
    }

    private synchronized boolean forget(String table, LoadRequest request) {
        boolean waited = waiting.remove(table, request);
        if (waited) {
            cycles.left(table);
        }
        return waited;
    }

    private synchronized Map<String, LoadRequest> waiting() {
        return Map.copyOf(waiting);
    }

    /** A planned full load is resumed after its last chunk. Requested as a full load again, it would start over. */
    private static LoadRequest goingOn(LoadRequest request, Object result) {
        boolean planned = result instanceof LoadResult load && load.type().isPresent();
        return planned && request.kind() == LoadRequest.Kind.FULL ? LoadRequest.due(request.table()) : request;
    }

    /**
     * Requests every waiting load once more: a message that came while routes were being reloaded may have been lost
     * with them. A load that is requested twice begins once.
     */
    private void release(Consumer<LoadRequest> again) {
        waiting().forEach((table, request) -> {
            if (forget(table, request)) {
                again.accept(request);
            }
        });
    }
}
