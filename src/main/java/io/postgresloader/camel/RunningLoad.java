package io.postgresloader.camel;

import io.postgresloader.load.run.Position;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.model.progress.WorkProgress;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The progress of the load that an exchange carries out. */
final class RunningLoad {
    /** The exchange property with the {@link WorkProgress}. */
    private static final String PROGRESS = "progress";

    private RunningLoad() {}

    /** Lists the load; each attempt of a load goes on with the first one's entry. */
    static void begin(Exchange exchange, RunningWork running, String table) {
        WorkProgress attempt = exchange.getProperty(PROGRESS, WorkProgress.class);
        if (attempt != null) {
            attempt.phase(WorkPhase.WAITING);
            return;
        }
        WorkProgress progress = running.begin(table, WorkKind.LOAD, WorkPhase.WAITING);
        exchange.setProperty(PROGRESS, progress);
        // No edited route and no stop can leave the entry behind.
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                progress.close();
            }
        });
    }

    /** The progress of the load; of no load where a route of the user's goes its own way. */
    static WorkProgress of(Exchange exchange) {
        WorkProgress progress = exchange.getProperty(PROGRESS, WorkProgress.class);
        return progress == null ? WorkProgress.unlisted() : progress;
    }

    static void end(Exchange exchange) {
        of(exchange).close();
        // The exchange may carry out another load.
        exchange.removeProperty(PROGRESS);
    }

    /** The load begins at the position, the first or one behind committed chunks. */
    static void position(Exchange exchange, LoadRequest request, Position position) {
        of(exchange)
                .begin(
                        request.kind() == LoadRequest.Kind.REPAIR ? WorkPhase.REPAIRING : WorkPhase.LOADING,
                        position.counts().pulled(),
                        position.bookmark().progress().counted());
    }
}
