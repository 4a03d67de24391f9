package io.postgresloader.camel;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code queue}: which tables wait for a worker of this process or have one. A timer that fires meanwhile is
 * ignored. It only spares useless messages: who may load a table is decided in PostgreSQL.
 */
public final class LoadQueue {
    /** The header that names the table a timer stands for. */
    public static final String TABLE = "table";

    private static final Logger LOG = LoggerFactory.getLogger(LoadQueue.class);

    /** What waits for a worker, or for the gate to be opened. A table is here, or running, or free. */
    private final Map<String, LoadRequest> waiting = new HashMap<>();

    private final Map<String, LoadRequest> running = new HashMap<>();

    private final LoadGate gate;
    private final Predicate<String> wanted;

    /**
     * @param gate what each load passes through
     * @param wanted whether a table is to be loaded: it may have left the table list, or be paused, while it waited
     * @param again asks for a load once more
     */
    public LoadQueue(LoadGate gate, Predicate<String> wanted, Consumer<LoadRequest> again) {
        this.gate = gate;
        this.wanted = wanted;
        gate.onOpen(() -> release(again));
    }

    /**
     * What a table's timer asks for.
     *
     * @param encoded the table's name as in {@link RouteText}
     */
    public LoadRequest due(String encoded) {
        return LoadRequest.due(RouteText.decode(encoded));
    }

    /** Enters the request, unless its table is there already. */
    public synchronized boolean enter(@Header(TABLE) String table, @Body LoadRequest request) {
        boolean entered = !running.containsKey(table) && waiting.putIfAbsent(table, request) == null;
        if (!entered) {
            LOG.debug("{}: still queued or running; this time is left out", table);
        }
        return entered;
    }

    /** Whether a load that was queued may begin now; if not, it waits for the gate or is forgotten. */
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
     * Ends a load that began; from now on the table's timer is heard again, unless the load is to go on soon.
     *
     * @param result a {@link LoadResult}, unless the load ended without one
     */
    public void leave(@Header(TABLE) String table, @Body Object result) {
        if (giveBack(table, result)) {
            gate.leave();
        }
    }

    /** Whether the table is queued or running. */
    public synchronized boolean contains(String table) {
        return waiting.containsKey(table) || running.containsKey(table);
    }

    /** How many tables are queued or running. */
    public synchronized int size() {
        return waiting.size() + running.size();
    }

    /** One that is not waiting any more was asked for twice, by {@link #release}. */
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
        }
        return request != null;
    }

    private synchronized boolean forget(String table, LoadRequest request) {
        return waiting.remove(table, request);
    }

    private synchronized Map<String, LoadRequest> waiting() {
        return Map.copyOf(waiting);
    }

    /** A full load that was planned goes on behind its last chunk; asked for once more it would begin anew. */
    private static LoadRequest goingOn(LoadRequest request, Object result) {
        boolean planned = result instanceof LoadResult load && load.type().isPresent();
        return planned && request.kind() == LoadRequest.Kind.FULL ? LoadRequest.due(request.table()) : request;
    }

    /**
     * Asks for everything that waits once more: what came while routes were being replaced may have gone with them. What
     * is asked for twice begins once.
     */
    private void release(Consumer<LoadRequest> again) {
        waiting().forEach((table, request) -> {
            if (forget(table, request)) {
                again.accept(request);
            }
        });
    }
}
