package io.postgresloader.camel;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.verify.AdoptionRun;
import io.postgresloader.verify.Reconciliation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code adoption}: adopts tables that another loader has filled, before their first load. */
public final class AdoptionSteps {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptionSteps.class);

    private final AdoptionRun adoption;
    /** Tables that need no adoption. A loaded table never needs one again. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    private final Queue<Reconciliation> done = new ConcurrentLinkedQueue<>();

    public AdoptionSteps(AdoptionRun adoption) {
        this.adoption = adoption;
    }

    /** Whether the requested table still has to be adopted; false while a database does not answer. */
    public boolean due(@Body LoadRequest request) {
        if (request.kind() != LoadRequest.Kind.DUE || settled.contains(request.table())) {
            return false;
        }
        try {
            boolean due = adoption.due(request.table());
            if (!due) {
                settled.add(request.table());
            }
            return due;
        } catch (RuntimeException e) {
            LOG.debug("{}: {}; the load that follows reports it", request.table(), SqlFailures.of(e));
            return false;
        }
    }

    /**
     * Adopts the table. The load continues with the request and reads all rows if the adoption failed.
     *
     * @throws io.postgresloader.model.LoadFailedException when the comparison was stopped; the next load starts it
     *     again
     */
    public void run(@Body LoadRequest request) throws InterruptedException {
        String before = LogTable.begin(request.table());
        try {
            adoption.run(request).ifPresent(done::add);
        } catch (RuntimeException e) {
            LOG.error("{}: the adoption failed: {}", request.table(), SqlFailures.toRecord(e));
        } finally {
            LogTable.end(before);
        }
    }

    /** The results of the adoptions since the start; each table at most once. */
    public List<Reconciliation> done() {
        return new ArrayList<>(done);
    }
}
