package io.postgresloader.app;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.List;

/**
 * The results of a list of loads.
 *
 * @param results one result per load, in the order of the requests
 * @param elapsed wall-clock time from the start of the first load to the end of the last one
 */
public record LoadsDone(List<LoadResult> results, Duration elapsed) {
    public LoadsDone {
        results = List.copyOf(results);
    }

    /** The row counts of all loads, added up. */
    public Counts counts() {
        return results.stream().map(LoadResult::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** The wall-clock time in seconds. */
    public double seconds() {
        return elapsed.toNanos() / 1e9;
    }

    /** The command fails if one load failed. */
    public int exitCode() {
        return results.stream().anyMatch(r -> r.outcome() == LoadResult.Outcome.FAILED)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }
}
