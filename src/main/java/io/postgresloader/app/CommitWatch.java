package io.postgresloader.app;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.CommitWaits;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that commits in the target wait for a synchronous standby, and that they go on again. */
final class CommitWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitWatch.class);
    private static final int PERIOD_SECONDS = 2;

    private final HikariDataSource target;
    private final Warehouse warehouse;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "commit-watch");
        thread.setDaemon(true);
        return thread;
    });
    private boolean waits;

    private CommitWatch(HikariDataSource target, Warehouse warehouse) {
        this.target = target;
        this.warehouse = warehouse;
    }

    static CommitWatch start(HikariDataSource target, Warehouse warehouse) {
        CommitWatch watch = new CommitWatch(target, warehouse);
        watch.timer.scheduleWithFixedDelay(watch::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        try {
            // An idle loader commits nothing, and opens no connection for this.
            HikariPoolMXBean pool = target.getHikariPoolMXBean();
            if (pool != null && pool.getActiveConnections() > 0) {
                report(CommitWaits.now(warehouse));
            }
        } catch (RuntimeException e) {
            // A target that does not answer is reported by what uses it.
            LOG.debug("The target did not say whether commits wait: {}", SqlFailures.of(e));
        }
    }

    private void report(Optional<String> now) {
        if (!waits) {
            now.ifPresent(LOG::warn);
        } else if (now.isEmpty()) {
            LOG.info("The target commits again");
        }
        waits = now.isPresent();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
