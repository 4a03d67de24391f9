package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import io.postgresloader.demo.benchmark.report.Figure;
import java.util.Optional;

/** How a load read its table, by what the source server counted. */
enum ReadingPlan {
    ONE_SCAN("one scan"),
    KEY_ORDER("key order"),
    SCANS_OF_RANGES("scans of key ranges");

    /** Both counters also have rows of the server's own tables. */
    private static final double MOST = 0.9;

    private static final double ONCE = 1.5;

    private final String words;

    ReadingPlan(String words) {
        this.words = words;
    }

    /** The plan of a figure of one table; empty if it read nothing, as a COPY of a ready file. */
    static Optional<ReadingPlan> of(Figure figure) {
        Cost median = figure.median();
        double indexed = median.value(Quantity.SOURCE_INDEXED).orElse(0) / figure.rows();
        double scanned = median.value(Quantity.SOURCE_SCANNED).orElse(0) / figure.rows();
        if (indexed + scanned < MOST) {
            return Optional.empty();
        }
        if (indexed >= MOST) {
            return Optional.of(KEY_ORDER);
        }
        return Optional.of(scanned < ONCE && indexed < 1 - MOST ? ONE_SCAN : SCANS_OF_RANGES);
    }

    @Override
    public String toString() {
        return words;
    }
}
