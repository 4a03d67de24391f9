package io.postgresloader.load.run;

import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadResult;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Summarizes a load: one line in the log and one result. */
public final class LoadSummary {
    private static final Logger LOG = LoggerFactory.getLogger("io.postgresloader.loads");

    private LoadSummary() {}

    /**
     * @param claim empty when the load did not get the lock of its table
     * @param position empty when it ended before it was planned
     * @param failure empty when the load was complete
     */
    public static LoadResult of(
            String table, Optional<Claim> claim, Optional<Position> position, Optional<Failure> failure) {
        LoadResult result = new LoadResult(
                table,
                outcome(failure),
                position.map(reached -> reached.bookmark().load().type()),
                failure.filter(f -> claim.isEmpty() || f.kind().harmless())
                        .map(Failure::message)
                        .orElseGet(() -> position.map(
                                        reached -> reached.bookmark().load().reason())
                                .orElse("")),
                position.map(Position::counts).orElse(Counts.NONE),
                position.map(reached -> reached.tally().bytes()).orElse(0L),
                claim.map(held -> held.secondsUntil(Instant.now())).orElse(0.0),
                failure.filter(f -> !f.kind().harmless()));
        if (claim.isPresent()
                && result.failure().filter(claim.get()::failedBefore).isPresent()) {
            LOG.warn("{}: the load failed again for the same reason; status shows it", table);
        } else {
            log(result, deadLetters(result, position));
        }
        return result;
    }

    /** Why rows became dead letters; empty when none did. */
    private static String deadLetters(LoadResult result, Optional<Position> position) {
        return result.counts().deadLettered() == 0
                ? ""
                : position.flatMap(reached -> reached.tally().reasons().mostFrequent())
                        .map(reason -> "; dead letters, most often: " + reason)
                        .orElse("");
    }

    private static LoadResult.Outcome outcome(Optional<Failure> failure) {
        return failure.map(f -> f.kind().harmless() ? LoadResult.Outcome.SKIPPED : LoadResult.Outcome.FAILED)
                .orElse(LoadResult.Outcome.SUCCESS);
    }

    private static void log(LoadResult result, String deadLetters) {
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
            // Most loads find nothing. Each of them still has a row in etl_table_metrics.
            LOG.atLevel(counts.pulled() == 0 ? Level.DEBUG : Level.INFO)
                    .log("{}: {} done: {} ({}){}", result.table(), type, rows, result.reason(), deadLetters);
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
