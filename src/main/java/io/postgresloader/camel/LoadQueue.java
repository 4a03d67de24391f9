package io.postgresloader.camel;

import io.postgresloader.model.LoadRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final LoadGate gate;

    /** @param gate what each load passes through */
    public LoadQueue(LoadGate gate) {
        this.gate = gate;
    }

    /**
     * The table that a timer's route stands for.
     *
     * @param encoded its name as in {@link RouteText}
     */
    public String table(String encoded) {
        return RouteText.decode(encoded);
    }

    /** Enters the table, unless it is there already. */
    public boolean enter(@Header(TABLE) String table) {
        boolean entered = tables.add(table);
        if (!entered) {
            LOG.debug("{}: still queued or running; this time is left out", table);
        }
        return entered;
    }

    /** The message that a worker gets. */
    public LoadRequest request(@Header(TABLE) String table) {
        return LoadRequest.due(table);
    }

    /** Begins the load of a queued table, on the thread that loads it. */
    public void begin() {
        gate.enter();
    }

    /** Ends it, on the same thread; from now on the table's timer is heard again. */
    public void leave(@Header(TABLE) String table) {
        gate.leave();
        tables.remove(table);
    }

    /** How many tables are queued or running. */
    public int size() {
        return tables.size();
    }
}
