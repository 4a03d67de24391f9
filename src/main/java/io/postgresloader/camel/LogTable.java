package io.postgresloader.camel;

import org.slf4j.MDC;

/**
 * The table that this thread's log lines are about: {@code table} in the MDC. Scopes nest, as with the loads that a
 * comparison runs.
 */
public final class LogTable {
    private static final String KEY = "table";

    private LogTable() {}

    /**
     * Sets the table of the following log lines.
     *
     * @return the table before, for {@link #end}; null when there was none
     */
    public static String begin(String table) {
        String before = MDC.get(KEY);
        MDC.put(KEY, table);
        return before;
    }

    /** Restores the table of the log lines before. */
    public static void end(String before) {
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }
}
