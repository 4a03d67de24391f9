package io.postgresloader.camel;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.verify.Reconciliation;
import io.postgresloader.verify.TakeOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code adoption}: tables that another loader has filled are taken over before they are loaded. */
public final class AdoptionSteps {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptionSteps.class);

    private final TakeOver takeOver;
    /** Tables that are not to be taken over: once they are loaded that does not change any more. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    private final Queue<Reconciliation> done = new ConcurrentLinkedQueue<>();

    public AdoptionSteps(TakeOver takeOver) {
        this.takeOver = takeOver;
    }

    /** Whether the load that the body asks for is the first one of such a table; what cannot be told now is not. */
    public boolean due(@Body LoadRequest request) {
        if (request.kind() != LoadRequest.Kind.DUE || settled.contains(request.table())) {
            return false;
        }
        try {
            boolean due = takeOver.due(request.table());
            if (!due) {
                settled.add(request.table());
            }
            return due;
        } catch (RuntimeException e) {
            LOG.debug("{}: {}; the load will meet it too, and tell", request.table(), SqlFailures.of(e));
            return false;
        }
    }

    /**
     * Takes the table over; the load goes on with the request, and reads all rows if that failed.
     *
     * @throws io.postgresloader.model.LoadFailedException when it was told to be broken off, to begin anew with the next load
     */
    public void run(@Body LoadRequest request) throws InterruptedException {
        String before = LogTable.begin(request.table());
        try {
            takeOver.run(request.table()).ifPresent(done::add);
        } catch (RuntimeException e) {
            LOG.error("{}: the taking over broke off: {}", request.table(), SqlFailures.toRecord(e));
        } finally {
            LogTable.end(before);
        }
    }

    /** What came of the tables that were taken over since the start; each table once at most. */
    public List<Reconciliation> done() {
        return new ArrayList<>(done);
    }
}
