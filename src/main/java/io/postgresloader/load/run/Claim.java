package io.postgresloader.load.run;

import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.tracking.TableState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to load a table, from the first attempt of a load to its end. Each attempt begins a new epoch, so that a
 * process that lost its lock without noticing cannot write any more.
 *
 * @param request what the load is to do
 * @param options the table's options when the attempt began
 * @param lock keeps other loads of the table out
 * @param state the table's tracking row when the attempt began; how the load before ended, as of the first attempt
 * @param since when the first attempt began, by the loader's clock
 * @param cycle the id of the loads that belong together with it; empty: it belongs to none
 */
public record Claim(
        LoadRequest request,
        TableOptions options,
        LoadLock lock,
        TableState state,
        Instant since,
        Optional<String> cycle)
        implements AutoCloseable {
    public String table() {
        return request.table();
    }

    public long epoch() {
        return state.epoch();
    }

    /** Whether a timer asked for the load, and the load before it ended with the same failure. */
    public boolean failedBefore(Failure failure) {
        return !request.waitForLock() && failure.message().equals(state.before().error());
    }

    /** How long the load has run, in seconds. */
    public double secondsUntil(Instant now) {
        return Duration.between(since, now).toMillis() / 1000.0;
    }

    /** Releases the table. */
    @Override
    public void close() throws SQLException {
        lock.close();
    }
}
