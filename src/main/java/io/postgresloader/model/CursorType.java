package io.postgresloader.model;

import java.util.Optional;

/** The types a cursor column can have, each with the clock that its values are compared with. */
public enum CursorType {
    /** A UTC instant: compared with the source's UTC clock. */
    TIMESTAMP,
    /** The wall clock of the client that wrote the value: compared with the wall clock of the source's zone. */
    DATETIME,
    /** The day on the same wall clock. */
    DATE;

    /** The cursor type of a column, or empty if no watermark can be compared with the column. */
    public static Optional<CursorType> of(Column column) {
        return switch (column.dataType()) {
            case "timestamp" -> Optional.of(TIMESTAMP);
            case "datetime" -> Optional.of(DATETIME);
            case "date" -> Optional.of(DATE);
            default -> Optional.empty();
        };
    }
}
