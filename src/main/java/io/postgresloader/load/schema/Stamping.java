package io.postgresloader.load.schema;

import io.postgresloader.tracking.RowStamps;
import java.util.Optional;

/**
 * How a table's rows are stamped.
 *
 * @param column the column of the row stamp; empty: they are not stamped
 * @param origin how the column came to be
 */
public record Stamping(Optional<String> column, RowStamps.Column origin) {
    public static final Stamping NONE = new Stamping(Optional.empty(), RowStamps.Column.FOUND);

    static Stamping in(String column, RowStamps.Column origin) {
        return new Stamping(Optional.of(column), origin);
    }

    /** Whether the change of the schema that plans it also creates the column. */
    public boolean starts() {
        return column.isPresent() && origin != RowStamps.Column.FOUND;
    }
}
