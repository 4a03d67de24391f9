package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.tracking.TableState;

/**
 * Adopts tables that another loader has filled. Such a table gets the watermarks of the moment at which its comparison
 * begins, and a back-fill reason, which is removed once the comparison has repaired the table. If the adoption is
 * interrupted, the next load therefore reads all rows.
 */
public final class Adoption {
    /** The back-fill reason: a load that begins before the comparison has ended reads all rows. */
    public static final String UNPROVEN = "filled by another loader, and not yet compared with the source";

    private final LoadServices services;

    public Adoption(LoadServices services) {
        this.services = services;
    }

    /** Whether the table had rows before this loader's first load of it, and no comparison of it has ended since. */
    public boolean due(String table) {
        TableState state = services.loadStatus().look(table);
        if (state.backfill().filter(UNPROVEN::equals).isPresent()) {
            return true;
        }
        return state.watermarks().isEmpty()
                && state.bookmark().isEmpty()
                && services.schemaVersions().newest(table).isEmpty()
                && filled(table);
    }

    /** Whether the target has rows to compare. Without tracking tables, another loader wrote all of them. */
    boolean filled(String table) {
        return services.targetTables().exists(table) && services.targetTables().hasRows(table) && hasKey(table);
    }

    /** Records that the table equals the source, so that its watermarks are valid. */
    public void proven(String table) {
        services.loadStatus().backfilled(table, UNPROVEN);
    }

    /** Without a key a full load compares the table as a whole anyway. */
    private boolean hasKey(String table) {
        return services.sourceSchema()
                .table(table)
                .filter(source -> !source.keys().isEmpty())
                .isPresent();
    }
}
