package io.postgresloader.app;

import io.postgresloader.analyze.Analyzer;
import java.io.PrintWriter;

/** Says how far an analysis has come, every other second. */
final class AnalyzeProgress {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private long said = System.nanoTime();

    AnalyzeProgress(PrintWriter out) {
        this.out = out;
    }

    void say(Analyzer.Progress progress) {
        if (System.nanoTime() - said >= INTERVAL_NANOS) {
            said = System.nanoTime();
            out.println(progress.done() + " of " + progress.all() + " tables, the last: " + progress.table());
            out.flush();
        }
    }
}
