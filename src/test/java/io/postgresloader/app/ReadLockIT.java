package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A backup locks the source for two minutes while a loader runs ({@link SourceArrangementsIT} has the short forms). */
@Tag(Extent.SLOW)
@Timeout(300)
class ReadLockIT {
    private static final Duration HELD = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final List<String> TABLES = List.of("innodb", "myisam");

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        for (String table : TABLES) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id int AUTO_INCREMENT PRIMARY KEY, V varchar(9), Ts timestamp"
                                    + " NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP) ENGINE="
                                    + table,
                            "INSERT INTO " + table + " (V) SELECT 'v' FROM seq_1_to_1000");
        }
        // No edit is found by luck: by a comparison, by a lookback, or by a watermark that skipped loads left behind.
        fixture.tables("defaults: {schedule: 1s, lookback: 1s, reconcile: off, skip_unchanged: false}\n"
                + "innodb: {incremental_columns: [Ts]}\nmyisam: {incremental_columns: [Ts]}\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** An edit that waits for the lock has the time at which it began to wait, which loads have passed meanwhile. */
    @Test
    void loadsGoOnAndNoEditThatWaitsForTheLockIsLost() throws Exception {
        Process run = JarRun.start(fixture.environment(), "run");
        try (Connection backup = fixture.source().connect();
                Statement lock = backup.createStatement()) {
            await().atMost(SOON)
                    .failFast("the loader ended", () -> !run.isAlive())
                    .untilAsserted(() -> assertThat(loads()).isGreaterThan(1));
            lock.execute("FLUSH TABLES WITH READ LOCK");
            CompletableFuture<?> edits = CompletableFuture.allOf(
                    edit("UPDATE innodb SET V = 'late' WHERE Id = 5"),
                    edit("INSERT INTO innodb (V) VALUES ('new')"),
                    edit("UPDATE myisam SET V = 'late' WHERE Id = 5"),
                    edit("INSERT INTO myisam (V) VALUES ('new')"));
            long before = loads();

            Thread.sleep(HELD.toMillis());

            assertThat(loads()).isGreaterThan(before + 1);
            assertThat(edits).isNotDone();
            lock.execute("UNLOCK TABLES");
            edits.join();
            await().atMost(SOON).untilAsserted(() -> assertThat(TABLES)
                    .allSatisfy(table -> assertThat(Canonical.differences(fixture.source(), fixture.target(), table))
                            .isEmpty()));
            assertThat(fixture.target().rows("SELECT error FROM raw.etl_table_metrics WHERE NOT success"))
                    .isEmpty();
        } finally {
            run.destroy();
            run.waitFor();
        }
    }

    /** How many loads of each table there were, at least. */
    private long loads() {
        return fixture.target()
                .count("SELECT least(count(*) FILTER (WHERE table_name = 'innodb'),"
                        + " count(*) FILTER (WHERE table_name = 'myisam')) FROM raw.etl_table_metrics WHERE success");
    }

    private CompletableFuture<Void> edit(String statement) {
        return CompletableFuture.runAsync(() -> fixture.source().execute(statement));
    }
}
