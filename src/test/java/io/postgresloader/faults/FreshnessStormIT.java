package io.postgresloader.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.LoaderFixture;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Six writers write, delete and edit, also without a change in the cursor columns, while loads and comparisons run: what
 * etl_freshness claims at any moment is not refuted by what the source had committed.
 */
@Tag(Extent.SLOW)
class FreshnessStormIT {
    private static final long SEED = 11;
    private static final long STORM_MILLIS = 8_000;

    /** At least so often all tables are compared. */
    private static final int ROUNDS = 3;

    private static final long WATCH_MILLIS = 100;

    @Test
    void noClaimIsRefutedByTheLedger() {
        Ledger ledger = new Ledger();
        try (LoaderFixture fixture = new LoaderFixture(TestServers.source(), TestServers.postgres())) {
            StringBuilder list = new StringBuilder("defaults: {max_dead_letter_fraction: 100%}\n");
            List<String> tables = new ArrayList<>();
            for (StormTable table : StormTable.values()) {
                fixture.source().execute(table.create(), table.fill());
                list.append(table.configuration("1s").replace("reconcile: off", "reconcile: 24h"));
                tables.add(table.table());
            }
            fixture.tables(list.toString());
            LoadsInProcess loads = new LoadsInProcess(fixture, tables);
            assertThat(loads.round()).isPositive();
            FreshnessWatch watch = new FreshnessWatch(fixture.target(), WATCH_MILLIS);
            Storm storm = new Storm(fixture.source(), "DO 0", ledger, SEED);
            loads.start();
            try {
                long end = System.nanoTime() + STORM_MILLIS * 1_000_000;
                for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
                    tables.forEach(fixture::repair);
                }
            } finally {
                loads.close();
                watch.close();
                storm.end();
            }

            assertThat(watch.refuted(ledger)).isEmpty();
            assertThat(watch.completions())
                    .as("tables were proven complete again while the writers wrote")
                    .isGreaterThan(StormTable.values().length);
        }
    }
}
