package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadsAtOnceTest {
    private static final List<LoadRequest> REQUESTS = Stream.of("adjustment", "claim", "patient", "recall")
            .map(table -> new LoadRequest(table, LoadRequest.Kind.DUE, true))
            .toList();

    /** Opens when two loads run. */
    private final CyclicBarrier two = new CyclicBarrier(2);

    private final LoadsAtOnce loads = new LoadsAtOnce(this::load, 2);

    @Test
    void resultsHaveTheOrderOfTheRequests() throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();

        LoadsDone done = loads.load(REQUESTS, result -> shown.add(result.table()));

        assertThat(done.results())
                .extracting(LoadResult::table)
                .containsExactly("adjustment", "claim", "patient", "recall");
        assertThat(shown).containsExactlyInAnyOrder("adjustment", "claim", "patient", "recall");
    }

    @Test
    void theTimeIsWallTime() throws Exception {
        long start = System.nanoTime();

        Duration elapsed = loads.load(REQUESTS).elapsed();

        // The loads say that they took 1000 seconds each.
        assertThat(elapsed).isPositive().isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - start));
    }

    @Test
    void aLoadThatWasRecordedIsNotCarriedOut() throws Exception {
        LoadResult recorded = result(REQUESTS.get(1));
        List<String> loaded = new CopyOnWriteArrayList<>();

        LoadsDone done = new LoadsAtOnce(
                        requests -> Map.of("claim", recorded),
                        request -> {
                            loaded.add(request.table());
                            return result(request);
                        },
                        2)
                .load(REQUESTS);

        assertThat(loaded).containsExactlyInAnyOrder("adjustment", "patient", "recall");
        assertThat(done.results()).hasSize(4).element(1).isSameAs(recorded);
    }

    private LoadResult load(LoadRequest request) {
        try {
            two.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        return result(request);
    }

    private static LoadResult result(LoadRequest request) {
        return new LoadResult(
                request.table(),
                LoadResult.Outcome.SUCCESS,
                Optional.empty(),
                "",
                Counts.NONE,
                0,
                1000,
                Optional.empty());
    }
}
