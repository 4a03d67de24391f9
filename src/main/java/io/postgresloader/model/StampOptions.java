package io.postgresloader.model;

import java.util.Optional;

/**
 * Whether the rows of a table have a row stamp: a column with the time at which the loader wrote the row.
 *
 * @param use which tables have it
 * @param column the column's name
 */
public record StampOptions(Use use, String column) {
    /** The name where none is configured. */
    public static final String COLUMN = "_loaded_at";

    public static final StampOptions DEFAULT = new StampOptions(Use.OF_LOADER, COLUMN);
    public static final StampOptions OFF = new StampOptions(Use.OFF, COLUMN);

    /** Which tables have the column. */
    public enum Use {
        /** Tables that the loader creates, and tables that have a column as the loader creates it. */
        OF_LOADER,
        /** All tables. */
        ALL,
        /** None; a column that is there belongs to the user. */
        OFF
    }

    /** A column that every table gets. */
    public static StampOptions in(String column) {
        return new StampOptions(Use.ALL, column);
    }

    /** The configured value; empty: it is the default. */
    Optional<String> configured() {
        return switch (use) {
            case OF_LOADER -> Optional.empty();
            case ALL -> Optional.of(column);
            case OFF -> Optional.of("off");
        };
    }
}
