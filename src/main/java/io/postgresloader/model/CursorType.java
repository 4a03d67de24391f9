package io.postgresloader.model;

import java.util.Optional;

/** The types a cursor column can have, each with the clock that its values are read from. */
public enum CursorType {
    /** A UTC instant: compared with the source's UTC clock. */
    TIMESTAMP,
    /** The wall clock of whoever wrote it: compared with the wall clock of the source's zone. */
    DATETIME,
    /** The day on that wall clock. */
    DATE;

    /** The cursor type of a column, or empty when no watermark can be compared with it. */
    public static Optional<CursorType> of(Column column) {
        return switch (column.dataType()) {
            case "timestamp" -> Optional.of(TIMESTAMP);
            case "datetime" -> Optional.of(DATETIME);
            case "date" -> Optional.of(DATE);
            default -> Optional.empty();
        };
    }
}
