package io.postgresloader.app.progress;

import java.time.Duration;
import java.util.Locale;

/** Figures in few characters. */
final class ProgressText {
    private static final String[] UNITS = {"k", "M", "G", "T"};
    private static final int SECONDS_OF_MINUTE = 60;
    private static final int SECONDS_OF_HOUR = 3600;
    private static final int HOURS_SHOWN = 100;

    private ProgressText() {}

    /** Such as {@code 950}, {@code 12.3 k}, {@code 1.2 M}; never rounded up to the next unit. */
    static String rows(long rows) {
        if (rows < 1000) {
            return String.valueOf(rows);
        }
        double scaled = rows / 1000.0;
        int unit = 0;
        while (scaled >= 1000 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        double cut = Math.floor(scaled * 10) / 10;
        return String.format(Locale.ROOT, scaled < 100 ? "%.1f %s" : "%.0f %s", Math.min(cut, 999), UNITS[unit]);
    }

    /** Such as {@code 0:42}, {@code 12:05}, {@code 1:00:07}; empty for more than four days. */
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        long hours = seconds / SECONDS_OF_HOUR;
        long minutes = seconds / SECONDS_OF_MINUTE % SECONDS_OF_MINUTE;
        if (hours >= HOURS_SHOWN) {
            return "";
        }
        return hours == 0
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % SECONDS_OF_MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds % SECONDS_OF_MINUTE);
    }
}
