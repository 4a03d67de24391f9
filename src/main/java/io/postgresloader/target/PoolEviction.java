package io.postgresloader.target;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** Decides after which errors the pool closes connections, other than a lost connection. */
final class PoolEviction implements SQLExceptionOverride {
    private static final String UNSUPPORTED_FEATURE = "0A000";
    private static final String READ_ONLY = "25006";

    private final AtomicReference<HikariDataSource> pool = new AtomicReference<>();

    /** @param opened the pool that this object was given to */
    HikariDataSource of(HikariDataSource opened) {
        pool.set(opened);
        return opened;
    }

    @java.lang.Override
    public Override adjudicate(SQLException thrown) {
        if (UNSUPPORTED_FEATURE.equals(thrown.getSQLState())) {
            // The pool takes a feature that the server does not support for a lost connection. The connection still
            // works, and the rollback that follows needs it.
            return Override.DO_NOT_EVICT;
        }
        if (READ_ONLY.equals(thrown.getSQLState()) && pool.get() != null) {
            // The other connections lead to the same server, which a fail-over may have made a standby; a new
            // connection
            // leads to the new primary server. Connections in use, this one too, are closed when they come back.
            pool.get().getHikariPoolMXBean().softEvictConnections();
        }
        return Override.CONTINUE_EVICT;
    }
}
