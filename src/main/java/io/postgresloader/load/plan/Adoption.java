package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.tracking.TableState;

/**
 * The taking over of tables that another loader has filled. Such a table gets the watermarks of the moment at which its
 * comparison begins, and a call for a full load beside them, which is taken back once the comparison has mended the
 * table: whatever interrupts that, the next load reads all rows.
 */
public final class Adoption {
    /** Why a load that comes before the comparison has ended reads all rows. */
    public static final String UNPROVEN = "filled by another loader, and not yet compared with the source";

    private final LoadServices services;

    public Adoption(LoadServices services) {
        this.services = services;
    }

    /** Whether the table was there, with rows, before any load of ours, or is not compared since. */
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

    /** Whether the target has rows to compare. Before there are tracking tables, none is ours. */
    boolean filled(String table) {
        return services.targetTables().exists(table) && services.targetTables().hasRows(table) && hasKey(table);
    }

    /** The table is as the source: from now on its watermarks hold. */
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
