package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.Identifiers;
import java.util.List;

/**
 * The event triggers of the target's database. They run when the loader creates or changes a table, also when it
 * creates the temporary table of a batch, with the rights of the loader's user.
 */
public final class EventTriggers {
    private static final String ENABLED =
            """
            SELECT t.evtname, t.evtfoid::regprocedure::text AS function, p.prosecdef AS as_owner
            FROM pg_event_trigger t JOIN pg_proc p ON p.oid = t.evtfoid WHERE t.evtenabled IN ('O', 'A') ORDER BY 1""";

    private final Warehouse warehouse;

    public EventTriggers(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * An event trigger.
     *
     * @param name its name
     * @param function its function, quoted, with its schema and parentheses
     * @param asOwner whether the function runs with the rights of its owner
     */
    public record EventTrigger(String name, String function, boolean asOwner) {
        public String disable() {
            return "ALTER EVENT TRIGGER " + Identifiers.postgres(name) + " DISABLE";
        }

        public String runAsOwner() {
            return "ALTER FUNCTION " + function + " SECURITY DEFINER";
        }
    }

    /** Those that are enabled, by name. */
    public List<EventTrigger> enabled() {
        return warehouse
                .jdbc()
                .sql(ENABLED)
                .query((row, number) -> new EventTrigger(
                        row.getString("evtname"), row.getString("function"), row.getBoolean("as_owner")))
                .list();
    }
}
