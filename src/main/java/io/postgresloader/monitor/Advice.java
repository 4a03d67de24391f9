package io.postgresloader.monitor;

import io.postgresloader.model.DeadLetters;
import java.time.temporal.ChronoUnit;

/** The state of a table in a sentence, with what the operator can do. Why a load failed is said elsewhere. */
final class Advice {
    private Advice() {}

    static String of(TableHealth health) {
        String table = health.line().table();
        return switch (health.severity()) {
            case FAILED -> "The last load failed. Fix the cause that the reason names. The next load tries again; run once "
                    + table + " to try now.";
            case DIFFERS -> differs(health);
            case DEAD_LETTERS -> DeadLetters.count(health.line().openDeadLetters())
                    + (health.line().openDeadLetters() == 1 ? " is" : " are")
                    + " open. Fix the cause, then run replay " + table + ".";
            case OVERDUE -> "No load has succeeded for three periods of its schedule. See whether a loader runs and the"
                    + " source answers; doctor checks both.";
            case UNTRACKED -> "The table has no tracking row. Run init, or any load of it.";
            case PAUSED -> "The operator paused the table"
                    + health.line()
                            .pausedSince()
                            .map(since -> " at " + since.truncatedTo(ChronoUnit.SECONDS))
                            .orElse("")
                    + ". Run resume " + table + " to load it again.";
            case PENDING -> "The table was not loaded yet. Its next load is a full load.";
            case NOT_CONFIGURED -> "The table is not in the table list any more. It is not loaded, and its rows stay.";
            case NONE -> calm(health.line().state());
        };
    }

    private static String differs(TableHealth health) {
        String table = health.line().table();
        return switch (health.line().verifyResult().orElse("")) {
            case "braked" -> "The last comparison stopped at the delete limit and deleted nothing. Run verify "
                    + table
                    + " --keys FILE to see which rows only the target has, and look whether the source deleted them"
                    + " on purpose. If so, run verify " + table
                    + " --repair --force-deletes; if not, restore them in the source.";
            case "failed" -> "The last comparison failed. Fix the cause that the reason names, then run verify " + table
                    + ".";
            default -> "The last comparison found rows that differ, and left them. Run verify " + table
                    + " --repair to repair them.";
        };
    }

    private static String calm(String state) {
        return switch (state) {
            case "running" -> "A load runs.";
            case "interrupted" -> "The last load was interrupted. The next load continues it.";
            default -> "The table is loaded, and needs nothing.";
        };
    }
}
