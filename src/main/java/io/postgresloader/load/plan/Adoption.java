package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.tracking.TableState;

/**
 * Adopts tables that another loader has filled. Such a table gets the watermarks of the moment at which its comparison
 * begins, and a back-fill reason, which is removed once the comparison has repaired the table. If the adoption is
 * interrupted, the next load therefore reads all rows.
 */
public final class Adoption {
    /** Why an adoption is needed, as text. It is also the back-fill reason while one is unfinished. */
    static final String REASON = "filled by another loader, and not yet compared with the source";

    private final LoadServices services;

    public Adoption(LoadServices services) {
        this.services = services;
    }

    /** Whether the table had rows before this loader's first load of it, and no comparison of it has ended since. */
    public boolean due(String table) {
        TableState state = services.loadStatus().look(table);
        if (unfinished(state)) {
            return true;
        }
        return state.watermarks().isEmpty()
                && state.bookmark().isEmpty()
                && services.schemaVersions().newest(table).isEmpty()
                && filled(table);
    }

    private static boolean unfinished(TableState state) {
        return state.backfill().filter(REASON::equals).isPresent();
    }

    /** Stores that the adoption has begun: a load that begins before the comparison has ended reads all rows. */
    public void begin(String table, long epoch) {
        services.loadStatus().backfill(table, epoch, REASON);
    }

    /** Stores that the comparison has repaired the table. */
    public void complete(String table) {
        services.loadStatus().backfilled(table, REASON);
    }

    /** Whether the target has rows to compare. Without tracking tables, another loader wrote all of them. */
    boolean filled(String table) {
        return services.targetTables().exists(table) && services.targetTables().hasRows(table) && hasKey(table);
    }

    /** Without a key a full load compares the table as a whole anyway. */
    private boolean hasKey(String table) {
        return services.sourceSchema()
                .table(table)
                .filter(source -> !source.keys().isEmpty())
                .isPresent();
    }
}
