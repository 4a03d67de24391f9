package io.postgresloader.app;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Loads a list of tables now, several at a time, and waits for all of them. */
public final class LoadsAtOnce {
    private final Function<LoadRequest, LoadResult> loads;
    private final int workers;

    public LoadsAtOnce(Loader loader, int workers) {
        this(loader::load, workers);
    }

    /** @param loads does what one request asks for, and answers when that has ended */
    LoadsAtOnce(Function<LoadRequest, LoadResult> loads, int workers) {
        this.loads = loads;
        this.workers = workers;
    }

    /** The results come in the order of the requests. */
    public List<LoadResult> load(List<LoadRequest> requests) throws ExecutionException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<LoadResult>> running = requests.stream()
                    .map(request -> pool.submit(() -> loads.apply(request)))
                    .toList();
            List<LoadResult> results = new ArrayList<>();
            for (Future<LoadResult> load : running) {
                results.add(load.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    public static int exitCode(List<LoadResult> results) {
        return results.stream().anyMatch(r -> r.outcome() == LoadResult.Outcome.FAILED)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }
}
