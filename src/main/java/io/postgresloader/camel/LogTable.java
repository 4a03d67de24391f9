package io.postgresloader.camel;

import org.slf4j.MDC;

/**
 * The table that this thread's log lines are about: {@code table} in the MDC. What is done to a table is often a step of
 * something else that is done to it, such as the loads of a comparison.
 */
public final class LogTable {
    private static final String KEY = "table";

    private LogTable() {}

    /**
     * From now on log lines are about this table.
     *
     * @return what they were about, for {@link #end}; null: no table
     */
    public static String begin(String table) {
        String before = MDC.get(KEY);
        MDC.put(KEY, table);
        return before;
    }

    /** From now on log lines are about what they were about before. */
    public static void end(String before) {
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }
}
