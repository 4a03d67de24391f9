package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.progress.RunningTable;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.verify.Verifier;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the list of running work says of loads and comparisons that run, fail, are stopped and are resumed. */
class RunningWorkIT {
    private final LoaderFixture fixture = new LoaderFixture();
    private RunningWork running;

    @BeforeEach
    void loadTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE held (id int NOT NULL PRIMARY KEY, x int NOT NULL)",
                        "INSERT INTO held SELECT seq, 0 FROM seq_1_to_300");
        fixture.set("LOADER_PAGE_ROWS", "100").set("LOADER_RETRIES", "0");
        fixture.tables("held: {load: full}\nno_such: {}\n");
        assertThat(fixture.load("held").outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);
        running = fixture.services().running();
        fixture.source().execute("UPDATE held SET x = 1");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aLoadThatFailedIsGoneAndTheNextOneBeginsAtTheCommittedRows() throws Exception {
        assertThat(running.now()).isEmpty();
        try (Connection holder = fixture.target().begin("SELECT id FROM raw.held WHERE id = 250 FOR UPDATE")) {
            CompletableFuture<LoadResult> failing =
                    CompletableFuture.supplyAsync(() -> fixture.load("held", LoadRequest.Kind.FULL));
            RunningTable load = heldUp();
            assertThat(load.kind()).isEqualTo(WorkKind.LOAD);
            assertThat(load.phase()).isEqualTo(WorkPhase.LOADING);
            assertThat(load.rowsExpected()).isEqualTo(OptionalLong.of(300));
            assertThat(load.rowsPerSecond()).isPositive();
            fixture.target()
                    .rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
            assertThat(failing.get(1, TimeUnit.MINUTES).outcome()).isEqualTo(LoadResult.Outcome.FAILED);
            assertThat(running.now()).isEmpty();

            CompletableFuture<LoadResult> resuming = CompletableFuture.supplyAsync(() -> fixture.load("held"));
            RunningTable resumed = heldUp();
            assertThat(resumed.rowsPerSecond()).isZero();
            assertThat(resumed.estimatedEnd()).isEmpty();
            holder.rollback();
            assertThat(resuming.get(1, TimeUnit.MINUTES).outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);
        }
        assertThat(running.now()).isEmpty();
    }

    @Test
    void whatCannotBeginLeavesNothingBehind() {
        assertThat(fixture.load("no_such").outcome()).isEqualTo(LoadResult.Outcome.FAILED);
        Verifier stopped = new Verifier(fixture.services(), () -> true);
        for (String table : List.of("held", "no_such")) {
            try {
                stopped.verify(table, difference -> {});
            } catch (RuntimeException stops) {
                assertThat(table).isEqualTo("held");
            }
        }
        assertThat(running.now()).isEmpty();
    }

    /** The load, once its third chunk waits for the row that another user holds. */
    private RunningTable heldUp() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(running.now())
                .singleElement()
                .matches(load -> load.rowsDone() == 200 && load.rowsRead() == 300));
        return running.now().get(0);
    }
}
