package io.postgresloader.demo;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports the progress of work on many tables, every two seconds and at the end. */
final class Progress {
    private static final long PAUSE_NANOS = 2_000_000_000;

    private final int all;
    private final Consumer<String> say;
    private final LongSupplier nanoTime;
    private int done;
    private long rows;
    private long said;

    Progress(int all, Consumer<String> say) {
        this(all, say, System::nanoTime);
    }

    Progress(int all, Consumer<String> say, LongSupplier nanoTime) {
        this.all = all;
        this.say = say;
        this.nanoTime = nanoTime;
        this.said = nanoTime.getAsLong();
    }

    /** Counts a table that is done, and its rows. */
    synchronized void done(long tableRows) {
        done++;
        rows += tableRows;
        long now = nanoTime.getAsLong();
        if (done == all || now - said >= PAUSE_NANOS) {
            said = now;
            say.accept("    " + done + " of " + all + " tables, " + rows + " rows");
        }
    }
}
