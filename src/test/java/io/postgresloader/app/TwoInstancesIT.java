package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Extent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two loaders between the same databases. */
@Tag(Extent.SMOKE)
class TwoInstancesIT {
    private static final String CLAIMS_THAT_WAIT = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%epoch + 1%'";

    private final LoaderFixture fixture = new LoaderFixture();
    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Session otherSession;
    private Loader other;

    @BeforeEach
    void oneInstanceStopsInItsSecondChunk() throws Exception {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT seq FROM seq_1_to_30");
        fixture.set("LOADER_PAGE_ROWS", "10").tables("t:");
        AdviceWith.adviceWith(fixture.loader().context(), "load-chunk", route -> {
            route.weaveById("load-chunk-advance").before().process(exchange -> {
                if (fixture.target().count("SELECT count(*) FROM raw.t") == 10) {
                    inTheMiddle.countDown();
                    goOn.await();
                }
            });
            // A claim that waits for the row might be overtaken by the next chunk, which asks for the same row.
            route.weaveAddFirst().process(exchange -> await().atMost(1, TimeUnit.MINUTES)
                    .until(() -> fixture.target().count(CLAIMS_THAT_WAIT) == 0));
        });
        otherSession = Session.open(fixture.configuration());
        other = otherSession.loader();
        other.start();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        other.close();
        otherSession.close();
        fixture.close();
    }

    @Test
    void oneLoadsATableAndTheOtherSkipsIt() throws Exception {
        CompletableFuture<LoadResult> first = CompletableFuture.supplyAsync(() -> fixture.load("t"));
        inTheMiddle.await();

        LoadResult second = other.load(LoadRequest.due("t"));

        assertThat(second.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(second.reason()).isEqualTo("another load of table t is running: skipped");
        goOn.countDown();
        assertThat(first.get().counts().inserted()).isEqualTo(30);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_table_metrics"))
                .isEqualTo(1);
    }

    @Test
    void aWaitingInstanceFindsNothingToLoad() throws Exception {
        CompletableFuture<LoadResult> first = CompletableFuture.supplyAsync(() -> fixture.load("t"));
        inTheMiddle.await();
        CompletableFuture<LoadResult> second =
                CompletableFuture.supplyAsync(() -> other.load(new LoadRequest("t", LoadRequest.Kind.DUE, true)));

        goOn.countDown();

        assertThat(first.get().counts().inserted()).isEqualTo(30);
        assertThat(second.get().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(second.get().counts().inserted()).isZero();
    }

    @Test
    void anInstanceWithAnOldEpochCannotWrite() throws Exception {
        CompletableFuture<LoadResult> first = CompletableFuture.supplyAsync(() -> fixture.load("t"));
        inTheMiddle.await();
        // The lock's connection breaks, as in a network that is cut in two, and the other instance takes over. Its
        // claim waits for the chunk in hand.
        fixture.target()
                .rows("SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                        + " WHERE l.locktype = 'advisory' AND d.datname = current_database()");
        CompletableFuture<LoadResult> second =
                CompletableFuture.supplyAsync(() -> other.load(new LoadRequest("t", LoadRequest.Kind.DUE, true)));
        await().atMost(1, TimeUnit.MINUTES).until(() -> fixture.target().count(CLAIMS_THAT_WAIT) > 0);
        goOn.countDown();

        assertThat(first.get().outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(first.get().reason()).contains("has taken over the load of table t");
        assertThat(second.get().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(30);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter"))
                .isZero();
    }
}
