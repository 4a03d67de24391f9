package io.postgresloader.camel;

import io.postgresloader.model.LoadRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Set<String> tables = ConcurrentHashMap.newKeySet();
    private final Map<String, LoadRequest> running = new ConcurrentHashMap<>();
    /** What waits for the gate to be opened; its tables count as queued. */
    private final Map<String, LoadRequest> held = new ConcurrentHashMap<>();

    private final LoadGate gate;
    private final Predicate<String> wanted;

    /**
     * @param gate what each load passes through
     * @param wanted whether a table is to be loaded: it may have left the table list, or be paused, while it waited
     * @param again puts a request that was held back into the queue again
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

    /** Enters the table, unless it is there already. */
    public boolean enter(@Header(TABLE) String table) {
        boolean entered = tables.add(table);
        if (!entered) {
            LOG.debug("{}: still queued or running; this time is left out", table);
        }
        return entered;
    }

    /** Whether the load of a queued table may begin now; if not, it is held back or forgotten. */
    public boolean begin(@Header(TABLE) String table, @Body LoadRequest request) {
        if (!wanted.test(table)) {
            tables.remove(table);
            return false;
        }
        if (gate.enter(() -> held.put(table, request))) {
            running.put(table, request);
            return true;
        }
        return false;
    }

    /** Ends a load that began; from now on the table's timer is heard again, unless the load is to go on soon. */
    public void leave(@Header(TABLE) String table) {
        LoadRequest request = running.remove(table);
        if (request != null && gate.breaksOff()) {
            held.put(table, goingOn(request));
        } else {
            tables.remove(table);
        }
        if (request != null) {
            gate.leave();
        }
    }

    /** Whether the table is queued or running. */
    public boolean contains(String table) {
        return tables.contains(table);
    }

    /** How many tables are queued or running. */
    public int size() {
        return tables.size();
    }

    /** A full load goes on behind its last chunk; asked for once more it would begin anew. */
    private static LoadRequest goingOn(LoadRequest request) {
        return request.kind() == LoadRequest.Kind.FULL ? LoadRequest.due(request.table()) : request;
    }

    private void release(Consumer<LoadRequest> again) {
        for (String table : List.copyOf(held.keySet())) {
            LoadRequest request = held.remove(table);
            tables.remove(table);
            again.accept(request);
        }
    }
}
