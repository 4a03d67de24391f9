package io.postgresloader.app.progress;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jline.utils.Signals;

/**
 * Whether the size of the terminal's window changes. While a user drags its edge, the terminal wraps the lines that it shows
 * again at each step, and tells the size a quarter of a second later; what is written meanwhile lands at a place that nobody
 * knows. So nothing is written until the window has been quiet. Safe for use by several threads.
 */
final class WindowChanges implements AutoCloseable {
    private static final long QUIET_NANOS = Duration.ofMillis(400).toNanos();

    private final LongSupplier nanos;
    private final Object windowChange;
    private final Object resumption;
    private boolean resized = true;
    private boolean resumed;
    private boolean changing;
    private long latest;

    WindowChanges() {
        this(System::nanoTime);
    }

    WindowChanges(LongSupplier nanos) {
        this.nanos = nanos;
        this.windowChange = Signals.register("WINCH", this::windowChanged);
        this.resumption = Signals.register("CONT", this::processContinued);
    }

    synchronized void windowChanged() {
        resized = true;
        changing = true;
        latest = nanos.getAsLong();
    }

    /** After Ctrl-Z the shell has written below the lines, and a process in the background goes on. */
    synchronized void processContinued() {
        resized = true;
        resumed = true;
    }

    /** Whether the size changed less than a moment ago. */
    synchronized boolean changing() {
        changing = changing && nanos.getAsLong() - latest < QUIET_NANOS;
        return changing;
    }

    /** Whether the size may have changed since this was asked last. */
    synchronized boolean takeResized() {
        boolean taken = resized;
        resized = false;
        return taken;
    }

    /** Whether the process was stopped and continued since this was asked last. */
    synchronized boolean takeResumed() {
        boolean taken = resumed;
        resumed = false;
        return taken;
    }

    @Override
    public void close() {
        Signals.unregister("WINCH", windowChange);
        Signals.unregister("CONT", resumption);
    }
}
