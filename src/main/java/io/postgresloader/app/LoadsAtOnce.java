package io.postgresloader.app;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Loads a list of tables now, several at a time, and waits for all of them. */
final class LoadsAtOnce {
    private final Loader loader;
    private final int workers;

    LoadsAtOnce(Loader loader, int workers) {
        this.loader = loader;
        this.workers = workers;
    }

    /**
     * @param done is told each result as it comes, from several threads
     * @return the results in the order of the requests
     */
    List<LoadResult> load(List<LoadRequest> requests, Consumer<LoadResult> done)
            throws ExecutionException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<LoadResult>> loads = requests.stream()
                    .map(request -> pool.submit(() -> {
                        LoadResult result = loader.load(request);
                        done.accept(result);
                        return result;
                    }))
                    .toList();
            List<LoadResult> results = new ArrayList<>();
            for (Future<LoadResult> load : loads) {
                results.add(load.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    static int exitCode(List<LoadResult> results) {
        return results.stream().anyMatch(r -> r.outcome() == LoadResult.Outcome.FAILED)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }
}
