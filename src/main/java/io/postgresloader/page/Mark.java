package io.postgresloader.page;

import io.postgresloader.monitor.TableRow;

/** A state in a word or two, with its colour. */
public record Mark(String word, Tone tone) {
    private static final String NONE = "none";
    private static final String RUNNING = "running";

    /** What is to be said first of a table: what needs the operator, or else what happens to it. */
    static Mark of(TableRow table) {
        return switch (table.concern()) {
            case "failed", "untracked" -> new Mark(table.concern(), Tone.BAD);
            case "differs" -> new Mark(difference(table), Tone.BAD);
            case "dead letters", "overdue", "paused" -> new Mark(table.concern(), Tone.WARN);
            case "not configured" -> new Mark(table.concern(), Tone.QUIET);
            case "pending" -> isRunning(table) ? running() : new Mark("never loaded", Tone.QUIET);
            default -> calm(table);
        };
    }

    /** Whether a load runs that {@link #of} does not show, because something else is more urgent. */
    static boolean alsoRuns(TableRow table) {
        return isRunning(table) && !of(table).word().equals(RUNNING);
    }

    static Mark running() {
        return new Mark(RUNNING, Tone.WORK);
    }

    /** Whether the table needs the operator, who knows of those that are paused. */
    static boolean needsOperator(TableRow table) {
        Tone tone = of(table).tone();
        return (tone == Tone.BAD || tone == Tone.WARN) && !table.concern().equals("paused");
    }

    /** The result of a comparison. */
    static Mark ofResult(String result) {
        return switch (result) {
            case "equal", "repaired", "applied" -> new Mark(result, Tone.GOOD);
            case "braked" -> new Mark("delete limit", Tone.BAD);
            case "removed" -> new Mark(result, Tone.QUIET);
            default -> new Mark(result, Tone.BAD);
        };
    }

    private static String difference(TableRow table) {
        return table.verifyResult()
                .map(result ->
                        result.equals("braked") ? "delete limit" : result.equals("failed") ? "not compared" : "differs")
                .orElse("differs");
    }

    private static Mark calm(TableRow table) {
        return switch (table.state()) {
            case RUNNING -> running();
            case "success", NONE -> new Mark("loaded", Tone.GOOD);
            case "interrupted" -> new Mark(table.state(), Tone.QUIET);
            default -> new Mark(table.state(), Tone.QUIET);
        };
    }

    private static boolean isRunning(TableRow table) {
        return table.state().equals(RUNNING);
    }
}
