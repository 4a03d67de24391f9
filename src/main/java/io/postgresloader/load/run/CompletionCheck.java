package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks at the end of a load that every row that was counted before the pull has been pulled. */
final class CompletionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionCheck.class);

    private final LoadServices services;

    CompletionCheck(LoadServices services) {
        this.services = services;
    }

    /**
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when fewer rows were pulled than counted
     *     and counting them again does not explain it
     */
    Completion check(LoadPlan.Reading plan, Position position) {
        LoadProgress progress = position.bookmark().progress();
        long pulled = progress.counts().pulled() - position.tally().pulledBefore();
        long counted = progress.counted() - position.tally().pulledBefore();
        if (pulled < counted) {
            requireExplained(plan, counted, pulled);
        }
        return plan.type() == LoadType.FULL ? compareCounts(plan) : Completion.NOTHING_COUNTED;
    }

    private void requireExplained(LoadPlan.Reading plan, long counted, long pulled) {
        long stillThere = countAgain(plan.table(), plan.scope());
        if (stillThere > pulled) {
            throw LoadErrors.of(
                    FailureKind.INTEGRITY,
                    "integrity violation in table " + plan.table().name() + ": " + counted + " rows were counted and "
                            + pulled + " pulled; counted again there are " + stillThere + "; the watermark stays");
        }
    }

    /** Excludes rows with later keys, which did not exist at the first count. */
    private long countAgain(PreparedTable table, LoadScope scope) {
        return services.sourceQueries()
                .count(scope.greatestKey()
                        .map(key -> table.extractSql().countUpTo(scope.selection(), key))
                        .orElseGet(() -> table.extractSql().count(scope.selection(), Optional.empty())));
    }

    private Completion compareCounts(LoadPlan.Reading plan) {
        PreparedTable table = plan.table();
        long sourceRows = services.sourceQueries()
                .count(table.extractSql().count(plan.scope().selection(), Optional.empty()));
        long targetRows = services.targetTables()
                .count(table.target(services.targetTables().schema()));
        Optional<String> notes = Optional.empty();
        if (sourceRows != targetRows) {
            String difference = "source has " + sourceRows + " rows, target " + targetRows + ": "
                    + Math.abs(sourceRows - targetRows) + (targetRows > sourceRows ? " more" : " fewer")
                    + " (open dead letters: " + services.deadLetters().open(table.name()) + ")";
            LOG.warn("{}: after the full load {}", table.name(), difference);
            notes = Optional.of(difference);
        }
        return new Completion(Optional.of(sourceRows), Optional.of(targetRows), notes);
    }
}
