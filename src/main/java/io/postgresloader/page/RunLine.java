package io.postgresloader.page;

import io.postgresloader.monitor.TableDocument.Run;

/**
 * A run in the history of a table.
 *
 * @param seconds how long it took, in words
 * @param epoch when it ended, in seconds since 1970, for the chart
 * @param secondsNumber how long it took, for the chart
 * @param readNumber the rows that it read, for the chart
 * @param reason why it was of its type, or why it failed
 */
public record RunLine(
        Moment ended,
        String type,
        boolean success,
        String read,
        String inserted,
        String updated,
        String unchanged,
        String deleted,
        String deadLettered,
        String seconds,
        long epoch,
        String secondsNumber,
        long readNumber,
        String reason) {
    static RunLine of(Run run, Words words) {
        return new RunLine(
                words.moment(run.endedAt()),
                run.type().orElse("–"),
                run.success(),
                Words.count(run.readRows()),
                Words.count(run.insertedRows()),
                Words.count(run.updatedRows()),
                Words.count(run.unchangedRows()),
                Words.count(run.deletedRows()),
                Words.count(run.deadLetteredRows()),
                Words.duration(run.seconds()),
                run.endedAt().getEpochSecond(),
                Double.toString(Math.round(run.seconds() * 1000) / 1000.0),
                run.readRows(),
                run.error().or(run::reason).orElse(""));
    }
}
