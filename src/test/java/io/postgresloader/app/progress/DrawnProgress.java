package io.postgresloader.app.progress;

import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.model.progress.WorkProgress;
import java.util.ArrayList;
import java.util.List;

/** A process that draws tables whose rows grow, and writes log lines, until it is stopped. */
final class DrawnProgress {
    private DrawnProgress() {}

    /** @param args the number of running tables, and the milliseconds between two log lines; 0: no log lines */
    public static void main(String[] args) throws Exception {
        int tables = Integer.parseInt(args[0]);
        int logMillis = Integer.parseInt(args[1]);
        RunningWork running = new RunningWork();
        List<WorkProgress> works = new ArrayList<>();
        for (int table = 0; table < tables; table++) {
            WorkProgress work = running.begin("table" + table, WorkKind.LOAD, WorkPhase.PLANNING);
            work.begin(WorkPhase.LOADING, 0, 1_000_000);
            works.add(work);
        }
        try (ProgressDisplay display = TerminalProgress.open(running, 10, true)) {
            int line = 0;
            long lastLine = System.nanoTime();
            while (display.live()) {
                Thread.sleep(10);
                for (WorkProgress work : works) {
                    work.done(line * 100L % 1_000_000);
                }
                line++;
                if (logMillis > 0 && System.nanoTime() - lastLine > logMillis * 1_000_000L) {
                    lastLine = System.nanoTime();
                    System.err.println("log of one of the tables, a line that is wider than a narrow terminal");
                }
            }
        }
    }
}
