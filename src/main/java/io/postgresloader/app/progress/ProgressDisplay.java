package io.postgresloader.app.progress;

/** Shows how far a command is, or nothing, where standard error is not a terminal. */
public interface ProgressDisplay extends AutoCloseable {
    /** Shows nothing. */
    ProgressDisplay NONE = new ProgressDisplay() {
        @Override
        public boolean live() {
            return false;
        }

        @Override
        public void expect(int tables) {}

        @Override
        public void finished(boolean failed, long rows) {}

        @Override
        public void aside(Runnable print) {
            print.run();
        }

        @Override
        public void close() {}
    };

    /** Whether progress is shown, so that lines that report it are superfluous. */
    boolean live();

    /** @param tables how many tables there are to do, if that was not known at the start */
    void expect(int tables);

    /** @param rows the rows that were done for the table that is finished now */
    void finished(boolean failed, long rows);

    /** Prints something that may go to the same terminal; not to {@link System#err}, which needs none of this. */
    void aside(Runnable print);

    /** Ends the display; the cursor is on a line of its own. */
    @Override
    void close();
}
