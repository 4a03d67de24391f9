package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.tracking.LockHolder;
import io.postgresloader.tracking.TableState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims tables for loads, and releases them. */
public final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final LoadServices services;

    public Claims(LoadServices services) {
        this.services = services;
    }

    /**
     * Claims the table for an attempt.
     *
     * @param earlier the claim of the previous attempt; null for the first attempt
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load of the table is running
     *     and the request does not wait
     */
    public Claim claim(LoadRequest request, Claim earlier) throws SQLException, InterruptedException {
        TableOptions options = services.catalog()
                .get()
                .table(request.table())
                .orElseThrow(() -> LoadErrors.schema("table " + request.table() + " is not in the table list"));
        LoadLock lock = earlier == null ? lock(request) : lockAgain(earlier);
        try {
            services.loadStatus().createMissing(List.of(request.table()));
            TableState state = services.loadStatus().claim(request.table());
            return earlier == null
                    ? new Claim(
                            request,
                            options,
                            lock,
                            state,
                            Instant.now(),
                            services.cycles().of(request.table()))
                    : new Claim(
                            request,
                            options,
                            lock,
                            state.endedBefore(earlier.state().before()),
                            earlier.since(),
                            earlier.cycle());
        } catch (RuntimeException e) {
            if (earlier == null || earlier.lock() != lock) {
                lock.close();
            }
            throw e;
        }
    }

    /** The lock of the previous attempt, unless it was lost with its connection. */
    private LoadLock lockAgain(Claim earlier) throws SQLException, InterruptedException {
        if (earlier.lock().held()) {
            return earlier.lock();
        }
        release(earlier);
        return lock(earlier.request());
    }

    private LoadLock lock(LoadRequest request) throws SQLException, InterruptedException {
        if (request.waitForLock()) {
            return LoadLock.take(
                    services.warehouse(),
                    request.table(),
                    () -> LOG.info("{}: another load of the table is running; waiting for it", request.table()),
                    holder -> LOG.warn("{}: {}", request.table(), holder));
        }
        return LoadLock.tryTake(services.warehouse(), request.table())
                .orElseThrow(() -> LoadErrors.of(
                        FailureKind.CLAIM_LOST,
                        "another load of table " + request.table() + " is running: skipped"
                                + LockHolder.silent(services.warehouse(), request.table())
                                        .map(holder -> "; " + holder)
                                        .orElse("")));
    }

    /** Releases a table after a load that ended without a result; its status must not stay {@code running}. */
    public void releaseUnfinished(Claim claim) {
        try {
            services.loadStatus().interrupted(claim.table(), claim.epoch());
        } catch (RuntimeException e) {
            LOG.debug(
                    "{}: the status stays running until the next load or start: {}", claim.table(), SqlFailures.of(e));
        } finally {
            release(claim);
        }
    }

    /** Releases a table. A lock whose connection was lost is released already. */
    public void release(Claim claim) {
        try {
            claim.close();
        } catch (SQLException e) {
            LOG.debug("{}: the connection of the lock was lost, and the lock with it", claim.table());
        }
    }
}
