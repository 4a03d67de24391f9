package io.postgresloader.app.progress;

import io.postgresloader.model.progress.RunningWork;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jline.terminal.Size;

/**
 * Draws the live progress four times a second. What is written to standard error meanwhile, such as the log, appears above
 * it.
 */
public final class TerminalProgress implements ProgressDisplay {
    private static final long INTERVAL_MILLIS = 250;
    private static final long INTERVAL_NANOS =
            Duration.ofMillis(INTERVAL_MILLIS).toNanos();
    private static final long STOPPED_NANOS = 4 * INTERVAL_NANOS;

    private final RunningWork running;
    private final ProgressLayout layout;
    private final Screen screen;
    private final PrintStream err = System.err;
    private final PrintStream above;
    private final LinesAbove lines;
    /** What was written to standard error, and is not on the terminal yet. */
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private final QuietLog quietLog = new QuietLog();
    private final Thread end = new Thread(this::closeNow, "progress-end");
    private ProgressTotals totals;
    private long drawn = System.nanoTime() - INTERVAL_NANOS;
    private long safeFrom = drawn;
    private boolean closed;

    private TerminalProgress(RunningWork running, int tables, Screen screen, ProgressLayout layout, Charset charset) {
        this.running = running;
        this.totals = new ProgressTotals(tables, 0, 0, 0);
        this.screen = screen;
        this.layout = layout;
        this.lines = new LinesAbove(this::above);
        this.above = new PrintStream(lines, true, charset);
    }

    /**
     * Begins to draw.
     *
     * @param tables the number of tables that the command has to do
     * @param colour whether colours are shown
     */
    public static ProgressDisplay open(RunningWork running, int tables, boolean colour) {
        Charset charset = StandardError.charset();
        Optional<Screen> screen = Screen.open(charset);
        if (screen.isEmpty()) {
            return NONE;
        }
        ProgressLayout layout =
                new ProgressLayout(charset.newEncoder().canEncode(ProgressBar.BLOCKS), colour, ZoneId.systemDefault());
        TerminalProgress progress = new TerminalProgress(running, tables, screen.get(), layout, charset);
        progress.start();
        return progress;
    }

    private void start() {
        Runtime.getRuntime().addShutdownHook(end);
        System.setErr(above);
        Thread drawing = new Thread(this::drawUntilClosed, "progress");
        drawing.setDaemon(true);
        drawing.start();
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public synchronized void expect(int tables) {
        totals = totals.of(tables);
    }

    @Override
    public synchronized void finished(boolean failed, long rows) {
        totals = totals.plus(failed, rows);
    }

    @Override
    public synchronized void aside(Runnable print) {
        if (!closed) {
            screen.erase();
            writeKept();
        }
        print.run();
    }

    @Override
    public void close() {
        closeNow();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException stopping) {
            // It runs already.
        }
    }

    private void closeNow() {
        // Outside the lock: a thread that writes holds the stream's lock and waits for ours.
        lines.close();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            screen.close();
            writeKept();
            System.setErr(err);
            quietLog.close();
            if (totals.tables() > 0) {
                err.println(layout.summary(running.now(), totals));
            }
            notifyAll();
        }
    }

    /** Log lines that come close together are written together: between two of them the lines below would be missing. */
    private synchronized void above(byte[] text) {
        kept.writeBytes(text);
        if (closed) {
            writeKept();
        } else if (System.nanoTime() - drawn > INTERVAL_NANOS / 4) {
            draw();
        }
    }

    /** Whether the cursor may be elsewhere than behind the lines. */
    private boolean unsafe() {
        long now = System.nanoTime();
        // After Ctrl-Z the threads may go on before the one that is told that the process continues.
        if (now - drawn > STOPPED_NANOS) {
            safeFrom = now + INTERVAL_NANOS;
            drawn = now;
        }
        return now - safeFrom < 0 || screen.changing();
    }

    private void writeKept() {
        err.write(kept.toByteArray(), 0, kept.size());
        err.flush();
        kept.reset();
    }

    private synchronized void drawUntilClosed() {
        try {
            while (!closed) {
                draw();
                wait(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        boolean unsafe = unsafe();
        drawn = System.nanoTime();
        if (unsafe) {
            return;
        }
        if (kept.size() > 0) {
            screen.erase();
            writeKept();
        }
        if (StandardError.inForeground()) {
            Size size = screen.size();
            screen.draw(layout.frame(running.now(), totals, size.getColumns(), size.getRows(), Instant.now()));
        }
    }
}
