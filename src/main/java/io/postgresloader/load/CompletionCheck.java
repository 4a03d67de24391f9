package io.postgresloader.load;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a load brought what was counted before it began. */
final class CompletionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionCheck.class);

    private final LoadServices services;

    CompletionCheck(LoadServices services) {
        this.services = services;
    }

    /**
     * @throws io.postgresloader.model.LoadFailedException of kind INTEGRITY when fewer rows were pulled than counted and
     *     counting them again does not explain it
     */
    Completion check(LoadRun run) {
        Bookmark bookmark = run.bookmark();
        if (bookmark.type() == LoadType.UNCHANGED) {
            return nothingCounted();
        }
        long pulled = bookmark.counts().pulled() - run.doubt().pulledBefore();
        long counted = bookmark.counted() - run.doubt().pulledBefore();
        if (pulled < counted) {
            long stillThere = countAgain(run);
            if (stillThere > pulled) {
                throw Refusals.of(
                        FailureKind.INTEGRITY,
                        "integrity violation in table " + run.table() + ": " + counted
                                + " rows were counted and " + pulled + " pulled; counted again there are "
                                + stillThere + "; the watermark stays");
            }
        }
        return bookmark.type() == LoadType.FULL ? compareCounts(run) : nothingCounted();
    }

    /** Rows with later keys were not there to be counted the first time. */
    private long countAgain(LoadRun run) {
        PreparedTable table = run.plan().table();
        Bookmark bookmark = run.bookmark();
        return services.sourceQueries()
                .count(
                        bookmark.greatestKey().isPresent()
                                ? table.extractSql()
                                        .countUpTo(
                                                bookmark.selection(),
                                                bookmark.greatestKey().get())
                                : table.extractSql().count(bookmark.selection(), Optional.empty()));
    }

    private Completion compareCounts(LoadRun run) {
        PreparedTable table = run.plan().table();
        long sourceRows = services.sourceQueries()
                .count(table.extractSql().count(run.bookmark().selection(), Optional.empty()));
        long targetRows = services.targetTables().count(run.plan().target());
        Optional<String> notes = Optional.empty();
        if (sourceRows != targetRows) {
            String difference = "source has " + sourceRows + " rows, target " + targetRows + ": "
                    + Math.abs(sourceRows - targetRows) + (targetRows > sourceRows ? " more" : " fewer")
                    + " (open dead letters: " + services.deadLetters().open(run.table()) + ")";
            LOG.warn("{}: after the full load {}", run.table(), difference);
            notes = Optional.of(difference);
        }
        return new Completion(Optional.of(sourceRows), Optional.of(targetRows), notes);
    }

    private static Completion nothingCounted() {
        return new Completion(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
