package io.postgresloader.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One table of a {@link StatusDocument}. Times are UTC.
 *
 * @param table its name
 * @param source the name of the source that it comes from
 * @param state pending, running, interrupted, paused, success, failed, or {@code no tracking row}
 * @param concern why it needs attention, as {@link Severity#word()}; none: it does not
 * @param whatToDo the state in a sentence, and what the operator can do
 * @param reason why the last load was of its type or why it failed, and why the last comparison was not equal
 * @param pausedSince since when it is paused; empty: it is not
 * @param loadedUpTo by the source's clock: new rows, and edits that cursor columns show, that the source had committed by
 *     then are in the target; empty: no load has succeeded
 * @param completeUpTo by the source's clock: all changes and deletes that the source had committed by then are in the
 *     target; empty: not proven, or {@code reconcile: off}
 * @param stampedUpTo the row stamp up to which no later commit adds a row; empty: none was given
 * @param lastSuccess when the last complete load ended; empty: none did, or it is not kept any more
 * @param ageSeconds how long ago {@code loadedUpTo} was
 * @param lagSeconds how far the newest change of the source is ahead of {@code loadedUpTo}; empty: the source does not say
 * @param newestChangeSeconds how long ago the newest change was made that is loaded for certain
 * @param waitingAtMostSeconds how long a change that is not loaded yet can have waited
 * @param rows rows pulled by the last load that read the table
 * @param presentRows rows of the target, as loads and comparisons counted them; empty: not counted yet
 * @param loadType type of the last load; empty: there was none
 * @param deadLetters open dead letters: rows, or loads
 * @param verifiedAt when the last comparison of the whole table ended; empty: never compared
 * @param verifyResult equal, repaired, different, braked or failed
 * @param provenAt when the last comparison began that found both sides equal, or made them so; empty: none did
 * @param lastDay what loads changed in the last 24 hours; empty: not read yet
 * @param usualDay the median of the 14 days before; empty: fewer than three of them are known
 * @param recentRuns the last runs that changed rows, compared or failed, the oldest first, at most 20
 */
public record TableRow(
        String table,
        String source,
        String state,
        String concern,
        String whatToDo,
        String reason,
        Optional<Instant> pausedSince,
        Optional<Instant> loadedUpTo,
        Optional<Instant> completeUpTo,
        Optional<Instant> stampedUpTo,
        Optional<Instant> lastSuccess,
        Optional<Long> ageSeconds,
        Optional<Long> lagSeconds,
        Optional<Long> newestChangeSeconds,
        Optional<Long> waitingAtMostSeconds,
        long rows,
        Optional<Long> presentRows,
        Optional<String> loadType,
        long deadLetters,
        Optional<Instant> verifiedAt,
        Optional<String> verifyResult,
        Optional<Instant> provenAt,
        Optional<DayRows> lastDay,
        Optional<DayRows> usualDay,
        List<RunFigure> recentRuns) {
    public TableRow {
        recentRuns = RecentRuns.of(recentRuns);
    }

    /** What loads and repairs of a day did to a table of the target, in rows. */
    public record DayRows(long insertedRows, long updatedRows, long deletedRows) {}

    /**
     * A run in a few figures.
     *
     * @param endedAt when it ended
     * @param changedRows rows inserted, updated and deleted; of a comparison, rows that it found missing, different or
     *     extra
     * @param seconds how long it took
     */
    public record RunFigure(Instant endedAt, long changedRows, double seconds, boolean success) {}
}
