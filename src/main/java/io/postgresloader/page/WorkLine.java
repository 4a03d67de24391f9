package io.postgresloader.page;

import io.postgresloader.monitor.ThisLoader.Work;
import java.util.Optional;

/**
 * A load or comparison that runs.
 *
 * @param link to the table's page, relative to the start page
 * @param percent of its rows; empty: it is not known how many there are
 * @param rows done, and of how many
 * @param rate rows per second; empty: not known yet
 * @param end when it will end at that rate, in words; empty: not known
 */
public record WorkLine(
        String table,
        String link,
        String kind,
        Moment started,
        Optional<Integer> percent,
        String rows,
        String rate,
        String end) {
    static WorkLine of(Work work, Words words) {
        return new WorkLine(
                work.table(),
                "tables/" + TableLine.encoded(work.table()),
                work.kind().equals("load") ? work.phase() : work.kind() + ": " + work.phase(),
                words.moment(work.startedAt()),
                work.expectedRows().filter(expected -> expected > 0).map(expected ->
                        (int) Math.min(100, 100 * work.doneRows() / expected)),
                Words.count(work.doneRows())
                        + work.expectedRows()
                                .map(expected -> " of " + Words.count(expected, "row"))
                                .orElse(work.doneRows() == 1 ? " row" : " rows"),
                work.rowsPerSecond()
                        .map(rate -> Words.count(Math.round(rate)) + " rows/s")
                        .orElse(""),
                work.estimatedEnd().map(end -> "ends about " + words.clock(end)).orElse(""));
    }
}
