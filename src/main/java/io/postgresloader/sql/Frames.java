package io.postgresloader.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * An exception as the log may show it: classes and stack frames, of its causes as well, and no message. Messages may hold
 * values of rows; frames hold names from the code only.
 */
public final class Frames {
    /** Frames of each exception that are always shown: what the throwing code called. */
    private static final int FIRST = 6;

    /** Frames of each exception that are shown at most. */
    private static final int MOST = 16;

    private static final int MOST_CAUSES = 5;
    private static final String OURS = "io.postgresloader.";
    private static final String CAMEL = "org.apache.camel.";

    private Frames() {}

    /**
     * Several lines: the class, the frames, then the same for each cause. Frames that an exception shares with the one
     * that it caused are left out, and of long traces only the first ones, ours and those of Camel's routes are shown.
     */
    public static String of(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        StackTraceElement[] enclosing = {};
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = SqlFailures.next(cause)) {
            if (seen.size() > MOST_CAUSES) {
                lines.add("caused by more exceptions");
                break;
            }
            StackTraceElement[] trace = cause.getStackTrace();
            lines.add((seen.size() == 1 ? "" : "caused by ") + cause.getClass().getName());
            add(trace, trace.length - shared(trace, enclosing), lines);
            enclosing = trace;
        }
        return String.join("\n", lines);
    }

    private static void add(StackTraceElement[] trace, int own, List<String> lines) {
        int shown = 0;
        int left = 0;
        for (int i = 0; i < own; i++) {
            if (shown < MOST && (i < FIRST || matters(trace[i]))) {
                lines.add("    at " + text(trace[i]));
                shown++;
            } else {
                left++;
            }
        }
        if (left > 0) {
            lines.add("    ... " + left + " more");
        }
    }

    /** Camel passes an exchange through a chain of its own processors between two steps: only steps help. */
    private static boolean matters(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith(OURS) || name.startsWith(CAMEL + "component.") || name.startsWith(CAMEL + "language.");
    }

    private static int shared(StackTraceElement[] trace, StackTraceElement[] enclosing) {
        int shared = 0;
        while (shared < Math.min(trace.length, enclosing.length)
                && trace[trace.length - 1 - shared].equals(enclosing[enclosing.length - 1 - shared])) {
            shared++;
        }
        return shared;
    }

    /** Without the class loader and the module, which {@code toString} of a frame would show. */
    private static String text(StackTraceElement frame) {
        String file = frame.getFileName() == null ? "Unknown Source" : frame.getFileName();
        String line = frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
        String place = frame.isNativeMethod() ? "Native Method" : file + line;
        return frame.getClassName() + "." + frame.getMethodName() + "(" + place + ")";
    }
}
