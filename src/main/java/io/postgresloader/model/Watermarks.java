package io.postgresloader.model;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * The state up to which a table is loaded.
 *
 * @param horizon the horizon of the last successful load in UTC
 * @param cursors that horizon by cursor column, each by the clock of that column
 * @param keyMarks greatest keys seen, oldest first; a load reads the keys above the newest mark that is older than
 *     every open transaction
 */
public record Watermarks(LocalDateTime horizon, Map<String, LocalDateTime> cursors, List<KeyMark> keyMarks) {
    public Watermarks {
        cursors = Map.copyOf(cursors);
        keyMarks = List.copyOf(keyMarks);
    }

    /** These watermarks, but the cursor columns are loaded up to where they were before. */
    public Watermarks withCursorsOf(Watermarks before) {
        return new Watermarks(horizon, before.cursors, keyMarks);
    }
}
