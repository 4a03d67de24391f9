package io.postgresloader.analyze;

import io.postgresloader.model.Column;
import java.util.Optional;
import java.util.OptionalInt;

/** Columns as the source declares them. */
final class Columns {
    private Columns() {}

    static Column datetime(String name, boolean onUpdate) {
        return column(name, "datetime", onUpdate);
    }

    static Column of(String name, String type) {
        return column(name, type, false);
    }

    private static Column column(String name, String type, boolean onUpdate) {
        return new Column(
                name,
                type,
                type,
                false,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                onUpdate);
    }
}
