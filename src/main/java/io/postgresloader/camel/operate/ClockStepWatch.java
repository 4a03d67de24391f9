package io.postgresloader.camel.operate;

import io.postgresloader.sql.Frames;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.timer.TimerConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps timers going after the clock of this host was set back. Camel's timers wait for a time of that clock: after a step
 * of three hours back they would not fire for three hours. Their consumers are started again then.
 */
public final class ClockStepWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockStepWatch.class);
    private static final long LOOK_MILLIS = 1_000;

    /** Smaller steps, as time synchronization makes them, delay a timer by less than this. */
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private final CamelContext context;
    private final LongSupplier clockMillis;
    private final LongSupplier monotonicNanos;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "clock-step-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** How far the clock is ahead of the monotonic time, in milliseconds. */
    private long ahead;

    private ClockStepWatch(CamelContext context) {
        this(context, System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param clockMillis the clock of this host, in milliseconds
     * @param monotonicNanos a time that only grows, in nanoseconds
     */
    ClockStepWatch(CamelContext context, LongSupplier clockMillis, LongSupplier monotonicNanos) {
        this.context = context;
        this.clockMillis = clockMillis;
        this.monotonicNanos = monotonicNanos;
        this.ahead = ahead();
    }

    /** Looks at the clock once a second until it is closed. */
    public static ClockStepWatch start(CamelContext context) {
        ClockStepWatch watch = new ClockStepWatch(context);
        watch.looks.scheduleWithFixedDelay(watch::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Starts the timers again if the clock went back since the last look. */
    void look() {
        long now = ahead();
        long back = ahead - now;
        ahead = now;
        if (back > TOLERATED.toMillis()) {
            LOG.warn("The clock of this host went back by {} s; all timers start again", back / 1_000);
            context.getRoutes().stream().map(Route::getConsumer).forEach(ClockStepWatch::startAgain);
        }
    }

    private long ahead() {
        return clockMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(monotonicNanos.getAsLong());
    }

    /** Not by its route, whose stop would wait for a load in progress. */
    private static void startAgain(Consumer consumer) {
        if (consumer instanceof TimerConsumer timer && timer.isStarted()) {
            try {
                timer.stop();
                timer.start();
            } catch (RuntimeException e) {
                LOG.error("A timer could not be started again; restart the loader: {}", Frames.of(e));
            }
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
