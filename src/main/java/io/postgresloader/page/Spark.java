package io.postgresloader.page;

import io.postgresloader.monitor.TableRow.RunFigure;
import java.util.List;
import java.util.Locale;

/**
 * The last runs of a table as small bars: the height is the number of rows, by its square root, so that a large load does
 * not flatten the others. Two paths of SVG, which need no style of their own.
 *
 * @param fine the path of the runs that succeeded
 * @param failed the path of those that failed
 * @param label what the picture shows, in words
 */
public record Spark(String fine, String failed, String label) {
    /** The most bars. */
    public static final int BARS = 20;

    private static final int STEP = 5;
    private static final int HEIGHT = 20;

    static Spark of(List<RunFigure> runs) {
        List<RunFigure> last = runs.subList(Math.max(0, runs.size() - BARS), runs.size());
        double most =
                Math.sqrt(last.stream().mapToLong(RunFigure::changedRows).max().orElse(0));
        StringBuilder fine = new StringBuilder();
        StringBuilder failed = new StringBuilder();
        int x = (BARS - last.size()) * STEP + STEP / 2;
        for (RunFigure run : last) {
            // A run without rows is still a run, and one that failed is as high as can be.
            double share = most == 0 ? 0 : Math.sqrt(run.changedRows()) / most;
            long bar = run.success() ? Math.max(1, Math.round(share * HEIGHT)) : HEIGHT;
            (run.success() ? fine : failed)
                    .append('M')
                    .append(x)
                    .append(' ')
                    .append(HEIGHT)
                    .append('v')
                    .append(-bar);
            x += STEP;
        }
        return new Spark(fine.toString(), failed.toString(), label(last));
    }

    private static String label(List<RunFigure> runs) {
        if (runs.isEmpty()) {
            return "no runs with changes yet";
        }
        long failed = runs.stream().filter(run -> !run.success()).count();
        long most = runs.stream().mapToLong(RunFigure::changedRows).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "last %s: at most %s changed%s",
                Words.count(runs.size(), "run"),
                Words.count(most, "row"),
                failed == 0 ? "" : ", " + failed + " failed");
    }
}
