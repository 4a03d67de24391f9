package io.postgresloader.doctor;

import java.util.Locale;

/** Sizes as people read them. */
final class Sizes {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    private static final int UNIT = 1024;

    private Sizes() {}

    /** With one digit after the point if it is below 10, in the largest unit that is not above it. */
    static String of(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= UNIT && unit < UNITS.length - 1) {
            value /= UNIT;
            unit++;
        }
        String format = value < 10 && value != Math.rint(value) ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
