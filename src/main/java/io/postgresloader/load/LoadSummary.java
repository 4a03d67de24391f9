package io.postgresloader.load;

import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sums a load up: one line in the log and one result. */
final class LoadSummary {
    private static final Logger LOG = LoggerFactory.getLogger("io.postgresloader.loads");

    private LoadSummary() {}

    static LoadResult of(LoadRun run, Optional<Failure> failure, Duration duration) {
        LoadResult result = new LoadResult(
                run.table(),
                outcome(failure),
                run.type(),
                failure.filter(f -> f.kind().harmless()).map(Failure::message).orElse(run.reason()),
                run.counts(),
                run.bytes(),
                duration.toMillis() / 1000.0,
                failure.filter(f -> !f.kind().harmless()));
        log(result, refused(run));
        return result;
    }

    /** Why rows became dead letters; empty when none did. */
    private static String refused(LoadRun run) {
        return run.counts().deadLettered() == 0
                ? ""
                : run.refused()
                        .mostFrequent()
                        .map(reason -> "; refused, most often: " + reason)
                        .orElse("");
    }

    /** A load that never got hold of its table. */
    static LoadResult unclaimed(String table, Failure failure) {
        LoadResult result = new LoadResult(
                table,
                outcome(Optional.of(failure)),
                Optional.empty(),
                failure.message(),
                Counts.NONE,
                0,
                0,
                Optional.of(failure).filter(f -> !f.kind().harmless()));
        log(result, "");
        return result;
    }

    private static LoadResult.Outcome outcome(Optional<Failure> failure) {
        return failure.map(f -> f.kind().harmless() ? LoadResult.Outcome.SKIPPED : LoadResult.Outcome.FAILED)
                .orElse(LoadResult.Outcome.SUCCESS);
    }

    private static void log(LoadResult result, String refused) {
        Counts counts = result.counts();
        String type = result.type().map(t -> t.word() + " load").orElse("load");
        String rows = String.format(
                Locale.ROOT,
                "%d pulled, %d inserted, %d updated, %d unchanged, %d dead-lettered in %.3f s",
                counts.pulled(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deadLettered(),
                result.seconds());
        switch (result.outcome()) {
            case SUCCESS ->
            // Most loads of a quiet day find nothing; each has its row in etl_table_metrics all the same.
            LOG.atLevel(counts.pulled() == 0 ? Level.DEBUG : Level.INFO)
                    .log("{}: {} done: {} ({}){}", result.table(), type, rows, result.reason(), refused);
            case SKIPPED -> LOG.info("{}: {} skipped: {}", result.table(), type, result.reason());
            default -> LOG.error(
                    "{}: {} failed: {}; {}",
                    result.table(),
                    type,
                    result.failure().orElseThrow(),
                    rows);
        }
    }
}
