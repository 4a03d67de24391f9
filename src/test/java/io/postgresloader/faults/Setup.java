package io.postgresloader.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the loader runs while a fault strikes.
 *
 * @param lookback of all tables
 * @param session a statement that each transaction of a writer begins with
 * @param settings of the loader, by variable
 * @param jvm options of a process
 * @param wide whether there is a table of wide rows as well
 */
record Setup(Mode mode, String lookback, String session, Map<String, String> settings, List<String> jvm, boolean wide) {

    /** Where the loader runs. */
    enum Mode {
        IN_PROCESS,
        ONCE,
        RUN,
        BOTH
    }

    static Setup of(Mode mode) {
        return new Setup(mode, "1s", "DO 0", Map.of(), List.of(), false);
    }

    Setup with(String variable, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(variable, value);
        return new Setup(mode, lookback, session, more, jvm, wide);
    }

    /** The writers' clock is behind the server's, and the lookback makes up for it. */
    Setup withWritersBehind(int seconds, String longerLookback) {
        return new Setup(
                mode, longerLookback, "SET timestamp = UNIX_TIMESTAMP(SYSDATE()) - " + seconds, settings, jvm, wide);
    }

    Setup withWideRows(String heap) {
        return new Setup(mode, lookback, session, settings, List.of(heap), true);
    }
}
