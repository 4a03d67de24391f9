package io.postgresloader.app;

import io.postgresloader.analyze.Analyzer;
import io.postgresloader.app.progress.ProgressDisplay;
import java.io.PrintWriter;

/** Shows the progress of an analysis; without a terminal, in a line at most every two seconds. */
final class AnalyzeProgress {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private final ProgressDisplay display;
    private long lastReport = System.nanoTime();

    AnalyzeProgress(PrintWriter out, ProgressDisplay display) {
        this.out = out;
        this.display = display;
    }

    void report(Analyzer.Progress progress) {
        if (progress.done() == 0) {
            display.expect(progress.all());
            return;
        }
        display.finished(!progress.analyzed(), progress.rows());
        if (!display.live() && System.nanoTime() - lastReport >= INTERVAL_NANOS) {
            lastReport = System.nanoTime();
            out.println(progress.done() + " of " + progress.all() + " tables analyzed, last: " + progress.table());
            out.flush();
        }
    }
}
