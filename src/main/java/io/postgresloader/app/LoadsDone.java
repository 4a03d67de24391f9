package io.postgresloader.app;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.List;

/**
 * What a list of loads came to.
 *
 * @param results one for each load, in the order of the requests
 * @param elapsed wall time from the start of the first load to the end of the last one; loads that ran at the same time
 *     count once
 */
public record LoadsDone(List<LoadResult> results, Duration elapsed) {
    public LoadsDone {
        results = List.copyOf(results);
    }

    /** What became of the rows of all loads. */
    public Counts counts() {
        return results.stream().map(LoadResult::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** The wall time in seconds. */
    public double seconds() {
        return elapsed.toNanos() / 1e9;
    }

    /** One failed load fails the command. */
    public int exitCode() {
        return results.stream().anyMatch(r -> r.outcome() == LoadResult.Outcome.FAILED)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }
}
