package io.postgresloader.app;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Loads a list of tables with several workers and waits for all of them. */
public final class LoadsAtOnce {
    private final Function<List<LoadRequest>, Map<String, LoadResult>> unchanged;
    private final Function<LoadRequest, LoadResult> loads;
    private final int workers;

    public LoadsAtOnce(Loader loader, int workers) {
        this(loader::recordUnchanged, loader::load, workers);
    }

    /** @param loads runs one load and returns its result */
    LoadsAtOnce(Function<LoadRequest, LoadResult> loads, int workers) {
        this(requests -> Map.of(), loads, workers);
    }

    /**
     * @param unchanged records the loads that have nothing to read, and returns their results by table
     * @param loads runs one of the other loads and returns its result
     */
    LoadsAtOnce(
            Function<List<LoadRequest>, Map<String, LoadResult>> unchanged,
            Function<LoadRequest, LoadResult> loads,
            int workers) {
        this.unchanged = unchanged;
        this.loads = loads;
        this.workers = workers;
    }

    /** Runs all requests; the results are in the order of the requests. */
    public LoadsDone load(List<LoadRequest> requests) throws ExecutionException, InterruptedException {
        return load(requests, result -> {});
    }

    /** @param each receives each result as soon as its load has ended, on the thread of that load */
    public LoadsDone load(List<LoadRequest> requests, Consumer<LoadResult> each)
            throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        Map<String, LoadResult> recorded = unchanged.apply(requests);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<LoadResult>> running = requests.stream()
                    .map(request -> pool.submit(() -> load(request, recorded, each)))
                    .toList();
            List<LoadResult> results = new ArrayList<>();
            for (Future<LoadResult> load : running) {
                results.add(load.get());
            }
            return new LoadsDone(results, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            pool.shutdownNow();
        }
    }

    private LoadResult load(LoadRequest request, Map<String, LoadResult> recorded, Consumer<LoadResult> each) {
        LoadResult before = recorded.get(request.table());
        LoadResult result = before == null ? loads.apply(request) : before;
        each.accept(result);
        return result;
    }
}
