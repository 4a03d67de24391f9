package io.postgresloader.app;

/** The columns of {@code status}, in their order. */
enum StatusColumn {
    TABLE("table", false, Keep.ALWAYS),
    STATE("state", false, Keep.ALWAYS),
    COMPLETE_UP_TO("complete up to (UTC)", false, 6),
    AGE("age", true, 5),
    NEWEST_CHANGE("newest change", true, 3),
    WAITING("waits at most", true, 8),
    ROWS("rows", true, 7),
    LOAD("load", false, 2),
    DEAD_LETTERS("dead letters", true, 9),
    COMPARED("compared (UTC)", false, 1),
    RESULT("result", false, 4),
    REASON("reason", false, Keep.ALWAYS);

    private final String heading;
    private final boolean right;
    private final int keep;

    StatusColumn(String heading, boolean right, int keep) {
        this.heading = heading;
        this.right = right;
        this.keep = keep;
    }

    /** The heading as {@link TextTable} takes it. */
    String heading() {
        return (right ? ">" : "") + heading;
    }

    /** The heading's width. */
    int width() {
        return heading.length();
    }

    /** Columns with a lesser number are left out first where a line is too short for all. */
    int keep() {
        return keep;
    }

    boolean always() {
        return keep == Keep.ALWAYS;
    }

    private static final class Keep {
        private static final int ALWAYS = Integer.MAX_VALUE;
    }
}
