package io.postgresloader.app;

import io.postgresloader.analyze.Analyzer;
import java.io.PrintWriter;

/** Prints the progress of an analysis, at most every two seconds. */
final class AnalyzeProgress {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private long lastReport = System.nanoTime();

    AnalyzeProgress(PrintWriter out) {
        this.out = out;
    }

    void report(Analyzer.Progress progress) {
        if (System.nanoTime() - lastReport >= INTERVAL_NANOS) {
            lastReport = System.nanoTime();
            out.println(progress.done() + " of " + progress.all() + " tables" + " analyzed, last: " + progress.table());
            out.flush();
        }
    }
}
