package io.postgresloader.sql;

import io.postgresloader.model.LoadFailedException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs where an exception was thrown that no rule of {@link SqlFailures} explains: most likely a bug. */
final class UnexpectedLog {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedLog.class);

    /** One exception is looked at several times on its way through the error handlers, and logged once. */
    private static final Set<Throwable> LOGGED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private UnexpectedLog() {}

    static void log(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = SqlFailures.next(cause)) {
            if (explained(cause)) {
                return;
            }
        }
        if (LOGGED.add(SqlFailures.root(thrown))) {
            LOG.error("unexpected exception, without messages, since those may hold values:\n{}", Frames.of(thrown));
        }
    }

    /** Exceptions of ours were logged when they were made; the others occur when the loader stops. */
    private static boolean explained(Throwable cause) {
        return cause instanceof LoadFailedException
                || cause instanceof InterruptedException
                || cause instanceof RejectedExecutionException;
    }
}
