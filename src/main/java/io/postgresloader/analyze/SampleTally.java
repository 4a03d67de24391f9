package io.postgresloader.analyze;

import io.postgresloader.model.progress.WorkProgress;
import io.postgresloader.source.SourceSample;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Collects the rows of a sample. Runs can overlap where keys are sparse; each row is counted once. */
final class SampleTally {
    /** Keys that are handed out one after the other are closer, even if most of the rows were deleted since. */
    private static final BigInteger FAR = BigInteger.valueOf(1_000);

    /** Fewer pairs of neighbours are not significant. */
    private static final long ENOUGH_PAIRS = 20;

    private static final int ROWS_BETWEEN_REPORTS = 1_000;

    private final List<ColumnTally> columns;
    private final boolean ordered;
    private final WorkProgress progress;
    private long rows;
    private int run;
    private BigInteger greatest;
    private BigInteger greatestOfRunsBefore;
    private long pairs;
    private long farPairs;

    /**
     * @param ordered whether the key is assigned in ascending order, so that neighbours were entered one after the
     *     other
     * @param progress how many rows are collected
     */
    SampleTally(int columns, boolean ordered, LocalDateTime clock, WorkProgress progress) {
        this.columns =
                Stream.generate(() -> new ColumnTally(clock)).limit(columns).toList();
        this.ordered = ordered;
        this.progress = progress;
    }

    void add(SourceSample.Row row) {
        boolean first = row.run() != run || greatest == null;
        if (row.run() != run) {
            run = row.run();
            greatestOfRunsBefore = greatest;
        }
        BigInteger key = row.key().orElse(null);
        if (key != null && greatestOfRunsBefore != null && key.compareTo(greatestOfRunsBefore) <= 0) {
            return;
        }
        if (!first && key != null) {
            pairs++;
            farPairs += key.subtract(greatest).compareTo(FAR) > 0 ? 1 : 0;
        }
        greatest = key;
        rows++;
        if (rows % ROWS_BETWEEN_REPORTS == 0) {
            progress.done(rows);
        }
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).add(row.run(), ordered, row.values().get(column));
        }
    }

    long rows() {
        return rows;
    }

    Sampling.Sample sample(String how) {
        List<ColumnEvidence> evidence =
                columns.stream().map(ColumnTally::evidence).toList();
        boolean random = randomKeys(evidence);
        return new Sampling.Sample(
                rows,
                how,
                random ? evidence.stream().map(ColumnEvidence::withoutOrder).toList() : evidence,
                random);
    }

    /**
     * Whether keys seem to be handed out at random: neighbours are mostly far from each other. Keys that contain the time
     * are far from each other as well, but then an entry time is in key order.
     */
    private boolean randomKeys(List<ColumnEvidence> evidence) {
        return ordered
                && pairs >= ENOUGH_PAIRS
                && farPairs * 2 > pairs
                && evidence.stream().noneMatch(ColumnEvidence::inKeyOrder);
    }
}
