package io.postgresloader.page;

import io.postgresloader.monitor.TableRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A table's row on the start page.
 *
 * @param id of the row in the page
 * @param link to the table's page, relative to the start page
 * @param runs whether a load runs, beside what the mark says
 * @param proof the result of the last comparison; empty: there was none
 */
public record TableLine(
        String name,
        String id,
        String link,
        Mark mark,
        boolean runs,
        Moment loaded,
        Moment complete,
        Change inserted,
        Change updated,
        Change deleted,
        long deadLetters,
        Optional<Mark> proof,
        Moment proven,
        Spark spark) {
    static TableLine of(TableRow table, Words words) {
        return new TableLine(
                table.table(),
                "t-" + encoded(table.table()),
                "tables/" + encoded(table.table()),
                Mark.of(table),
                Mark.alsoRuns(table),
                words.moment(table.loadedUpTo(), "never"),
                words.moment(table.completeUpTo(), "not proven"),
                Change.of(table, TableRow.DayRows::insertedRows),
                Change.of(table, TableRow.DayRows::updatedRows),
                Change.of(table, TableRow.DayRows::deletedRows),
                table.deadLetters(),
                table.verifyResult().map(result -> proof(table, result)),
                words.moment(table.verifiedAt(), "never"),
                Spark.of(table.recentRuns()));
    }

    /** What was proven is no reassurance any more if rows were refused, or a load failed, since then. */
    private static Mark proof(TableRow table, String result) {
        Mark proof = Mark.ofResult(result);
        return proof.tone() == Tone.GOOD && Mark.needsOperator(table) ? new Mark(proof.word(), Tone.QUIET) : proof;
    }

    /** A table's name as one part of a path. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public String dead() {
        return Words.count(deadLetters);
    }
}
