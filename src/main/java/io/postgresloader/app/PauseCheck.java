package io.postgresloader.app;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;

/** Lets {@code once} skip tables that an operator paused, and say so. A table may be paused while others are loaded. */
final class PauseCheck {
    private final Function<String, Optional<Instant>> pausedSince;
    private final Set<String> skipped = new ConcurrentSkipListSet<>();

    /** @param pausedSince since when a table is paused; empty: it is not */
    PauseCheck(Function<String, Optional<Instant>> pausedSince) {
        this.pausedSince = pausedSince;
    }

    /** Carries out the load unless its table is paused. */
    LoadResult load(LoadRequest request, Function<LoadRequest, LoadResult> loads) {
        return pausedSince
                .apply(request.table())
                .map(time -> skipped(request.table(), time))
                .orElseGet(() -> loads.apply(request));
    }

    private LoadResult skipped(String table, Instant since) {
        skipped.add(table);
        return new LoadResult(
                table,
                LoadResult.Outcome.SKIPPED,
                Optional.empty(),
                "paused since " + since.truncatedTo(ChronoUnit.SECONDS),
                Counts.NONE,
                0,
                0,
                Optional.empty());
    }

    /**
     * Prints which tables were skipped.
     *
     * @param exitCode the exit code of the command so far
     * @param accepted whether a paused table is no reason to exit with 1
     * @return the exit code with regard to paused tables
     */
    int exitCode(int exitCode, boolean accepted, PrintWriter err) {
        if (skipped.isEmpty()) {
            return exitCode;
        }
        err.println("paused, not loaded: " + String.join(", ", skipped)
                + (accepted
                        ? "; accepted by --allow-paused"
                        : "; run resume to load them again, or accept them with --allow-paused"));
        err.flush();
        return accepted ? exitCode : Math.max(exitCode, ExitCode.FAILED);
    }
}
