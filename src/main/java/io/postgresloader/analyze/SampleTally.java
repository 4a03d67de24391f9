package io.postgresloader.analyze;

import io.postgresloader.source.SourceSample;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Collects the rows of a sample. Runs can overlap where keys are sparse; each row is counted once. */
final class SampleTally {
    private final List<ColumnTally> columns;
    private final boolean ordered;
    private long rows;
    private int run;
    private BigInteger greatest;
    private BigInteger greatestOfRunsBefore;

    /**
     * @param ordered whether the key is assigned in ascending order, so that neighbours were entered one after the
     *     other
     */
    SampleTally(int columns, boolean ordered, LocalDateTime clock) {
        this.columns =
                Stream.generate(() -> new ColumnTally(clock)).limit(columns).toList();
        this.ordered = ordered;
    }

    void add(SourceSample.Row row) {
        if (row.run() != run) {
            run = row.run();
            greatestOfRunsBefore = greatest;
        }
        BigInteger key = row.key().orElse(null);
        if (key != null && greatestOfRunsBefore != null && key.compareTo(greatestOfRunsBefore) <= 0) {
            return;
        }
        greatest = key;
        rows++;
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).add(row.run(), ordered, row.values().get(column));
        }
    }

    long rows() {
        return rows;
    }

    Sampling.Sample sample(String how) {
        return new Sampling.Sample(
                rows, how, columns.stream().map(ColumnTally::evidence).toList());
    }
}
