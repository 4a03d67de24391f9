package io.postgresloader.doctor;

import java.time.Duration;
import java.util.function.Supplier;

/** Compares the clock of a server with the clock of this host. */
final class ClockOffset {
    /** Above what clocks differ by that are kept by NTP, and above the whole seconds that a server may report. */
    static final Duration ALLOWED = Duration.ofSeconds(5);

    private static final double MILLIS = 1000;

    private ClockOffset() {}

    /** @param seconds reads the server's clock, in seconds since 1970 */
    static Finding of(Check check, Supplier<Double> seconds) {
        long before = System.currentTimeMillis();
        double server = seconds.get();
        long after = System.currentTimeMillis();
        return of(check, Duration.ofMillis(Math.round(server * MILLIS) - (before + after) / 2));
    }

    /** @param ahead how far the server is ahead of this host */
    static Finding of(Check check, Duration ahead) {
        if (ahead.abs().compareTo(ALLOWED) <= 0) {
            return check.ok("the clock agrees with the clock of this host within " + ALLOWED.toSeconds() + " s");
        }
        return check.warning(
                "the clock is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " the clock of this host; set both by NTP: times in status and in the log do not match");
    }
}
