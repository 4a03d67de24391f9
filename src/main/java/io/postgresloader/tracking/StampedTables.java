package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.util.HashSet;
import java.util.Set;

/** Reads which tables have row stamps up to a time: only these can be read by their stamps. */
public final class StampedTables {
    private StampedTables() {}

    /** None if the tracking tables are not there, or are those of a version without row stamps. */
    public static Set<String> read(Warehouse warehouse) {
        if (!TrackingSchema.complete(warehouse)) {
            return Set.of();
        }
        return new HashSet<>(warehouse
                .jdbc()
                .sql("SELECT table_name FROM " + warehouse.table("etl_load_status")
                        + " WHERE stamped_up_to IS NOT NULL")
                .query(String.class)
                .list());
    }
}
