package io.postgresloader.app.progress;

/**
 * Which columns of a running table there is room for. Percent and the time left are what a user looks for; of the others,
 * the speed goes first, then the rows, then the label.
 *
 * @param wide whether figures have their units, and the time of the end is shown
 * @param name the width of the table's name
 * @param label the width of what is being done; 0: it stands in place of the bar while there is no bar
 * @param bar the width of the bar; 0: there is none
 */
record FrameColumns(boolean wide, int name, int label, int bar, boolean rows, boolean speed, boolean left) {
    static final int BETWEEN = 2;
    static final int PERCENT = 6;
    static final int ROWS = 8;
    static final int WIDE_ROWS = 18;
    static final int SPEED = 10;
    static final int WIDE_SPEED = 15;
    static final int LEFT = 14;
    static final int END = 15;

    private static final int WIDE = 140;
    private static final int MOST_BAR = 40;
    private static final int LEAST_BAR = 5;
    private static final int LEAST_NAME = 8;

    /**
     * @param columns the width of the terminal
     * @param longest the length of the longest name
     */
    static FrameColumns of(int columns, int longest) {
        int name = Math.min(longest, Math.max(LEAST_NAME, columns / 4));
        int room = columns - 1 - name - BETWEEN;
        if (columns >= WIDE) {
            int label = "adoption, repairing".length();
            int figures = PERCENT + WIDE_ROWS + WIDE_SPEED + LEFT + END;
            return new FrameColumns(true, name, label, bar(room - label - BETWEEN - figures), true, true, true);
        }
        int label = "comparing".length();
        int others = room - label - BETWEEN;
        boolean labelled = others >= PERCENT + LEFT;
        boolean rows = others >= PERCENT + LEFT + ROWS;
        boolean speed = others >= PERCENT + LEFT + ROWS + SPEED;
        boolean left = room >= PERCENT + LEFT;
        int figures = PERCENT + (rows ? ROWS : 0) + (speed ? SPEED : 0) + (left ? LEFT : 0);
        return new FrameColumns(
                false, name, labelled ? label : 0, bar((labelled ? others : room) - figures), rows, speed, left);
    }

    private static int bar(int room) {
        return room < LEAST_BAR ? 0 : Math.min(MOST_BAR, room);
    }
}
