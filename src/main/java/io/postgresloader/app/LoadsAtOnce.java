package io.postgresloader.app;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Loads a list of tables with several workers and waits for all of them. */
public final class LoadsAtOnce {
    private final Function<LoadRequest, LoadResult> loads;
    private final int workers;

    public LoadsAtOnce(Loader loader, int workers) {
        this(loader::load, workers);
    }

    /** @param loads runs one load and returns its result */
    LoadsAtOnce(Function<LoadRequest, LoadResult> loads, int workers) {
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
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<LoadResult>> running = requests.stream()
                    .map(request -> pool.submit(() -> load(request, each)))
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

    private LoadResult load(LoadRequest request, Consumer<LoadResult> each) {
        LoadResult result = loads.apply(request);
        each.accept(result);
        return result;
    }
}
