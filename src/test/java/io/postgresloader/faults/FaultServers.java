package io.postgresloader.faults;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.TestServers;
import java.util.Map;

/** The servers of this suite, which may be treated badly. */
final class FaultServers {
    /** Seven hours behind UTC, all the year: where the clocks change, the lookback grows by an hour. */
    private static final String ZONE = "MST7";

    private static SourceServer source;
    private static EmbeddedPostgresServer postgres;

    private FaultServers() {}

    static synchronized SourceServer source() {
        if (source == null) {
            source = TestServers.startSource(ZONE);
        }
        return source;
    }

    static synchronized EmbeddedPostgresServer postgres() {
        if (postgres == null) {
            // What it said it had committed must be there after a crash of its processes.
            postgres = TestServers.startPostgres(Map.of("synchronous_commit", "on", "full_page_writes", "on"));
        }
        return postgres;
    }

    static synchronized void restartSource() {
        source = TestServers.restart(source);
    }
}
