package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The triggers of a target table, and of its partitions, that run when rows are inserted or updated. Those that run
 * before a row can change it, drop it, or write it somewhere else; the others can update or delete it afterwards.
 *
 * @param table the target table
 * @param triggers those that are enabled, by name
 */
public record RowTriggers(TargetTable table, List<RowTrigger> triggers) {
    /** Bits of {@code tgtype}: for each row, before, INSERT, DELETE, UPDATE. A partition has copies of its parent's. */
    private static final String OF_TABLE =
            """
            SELECT DISTINCT ON (t.tgname) t.tgname, n.nspname, c.relname,
              pg_catalog.concat_ws(' OR ', CASE WHEN t.tgtype & 4 > 0 THEN 'INSERT' END,
                CASE WHEN t.tgtype & 8 > 0 THEN 'DELETE' END, CASE WHEN t.tgtype & 16 > 0 THEN 'UPDATE' END) AS events,
              CASE WHEN t.tgtype & 2 > 0 THEN 'BEFORE' ELSE 'AFTER' END AS timing, t.tgtype & 3 = 3 AS before_row
            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE t.tgrelid IN (SELECT pg_catalog.to_regclass(?)
                UNION SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
              AND t.tgenabled IN ('O', 'A') AND t.tgtype & 20 > 0 AND NOT t.tgisinternal
            ORDER BY t.tgname, c.relkind = 'p' DESC, c.oid""";

    private static final String MAY_HAVE =
            "SELECT relhastriggers OR relkind = 'p' FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(?)";

    public RowTriggers {
        triggers = List.copyOf(triggers);
    }

    /**
     * A trigger.
     *
     * @param name its name
     * @param table its table, quoted
     * @param events the events, such as {@code INSERT OR UPDATE}
     * @param timing {@code BEFORE} or {@code AFTER}
     * @param beforeRow whether it runs before each row, so that it can drop the row
     */
    public record RowTrigger(String name, String table, String events, String timing, boolean beforeRow) {
        private String described() {
            return name + " (" + timing + " " + events + ")";
        }

        private String disable() {
            return "ALTER TABLE " + table + " DISABLE TRIGGER " + Identifiers.postgres(name);
        }
    }

    /** Reads the triggers of a table by its name. */
    public static RowTriggers of(Connection connection, Warehouse warehouse, String table) throws SQLException {
        TargetTable named = new TargetTable(warehouse.schema(), table, List.of(), Key.NONE, DeletePolicy.DELETE);
        return of(connection, named);
    }

    /** Reads them from the catalog. */
    public static RowTriggers of(Connection connection, TargetTable table) throws SQLException {
        List<RowTrigger> triggers = new ArrayList<>();
        String name = table.sql().quoted();
        try (PreparedStatement statement = connection.prepareStatement(OF_TABLE)) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    triggers.add(new RowTrigger(
                            row.getString(1),
                            Identifiers.postgres(row.getString(2), row.getString(3)),
                            row.getString(4),
                            row.getString(5),
                            row.getBoolean(6)));
                }
            }
        }
        return new RowTriggers(table, triggers);
    }

    /** Whether there may be triggers, those of constraints included; nearly free. */
    static boolean mayHave(Connection connection, TargetTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAY_HAVE)) {
            statement.setString(1, table.sql().quoted());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Whether there are such triggers. */
    static boolean any(Connection connection, TargetTable table) throws SQLException {
        return !of(connection, table).triggers.isEmpty();
    }

    /** Compares what PostgreSQL reports as written with what it should have written. */
    static void requireAllWritten(Connection connection, TargetTable table, long expected, long written)
            throws SQLException {
        if (expected != written) {
            throw of(connection, table).beforeRow().dropped(expected, written);
        }
    }

    private RowTriggers beforeRow() {
        return new RowTriggers(
                table, triggers.stream().filter(RowTrigger::beforeRow).toList());
    }

    private LoadFailedException dropped(long expected, long written) {
        String counts =
                "table " + fullName() + ": " + expected + " rows were to be written, and PostgreSQL wrote " + written;
        String reason = !triggers.isEmpty()
                ? ": triggers drop or redirect rows: " + described() + "; none of these rows is counted as loaded; run "
                        + disable()
                : ", though the table has no trigger that could drop rows; none of these rows is counted as loaded";
        return new LoadFailedException(new Failure(FailureKind.SCHEMA, Optional.empty(), counts + reason));
    }

    /** What an operator should know about rows that the triggers changed or deleted. */
    public String note(AlteredRows altered) {
        return "triggers of table " + fullName() + " change loaded columns (" + altered.named()
                + ") or delete rows: " + described() + "; " + altered.rows()
                + " rows of this load differ from the"
                + " source, and each load or comparison that reads them writes them again; let the trigger change other"
                + " columns, or run " + disable();
    }

    private String fullName() {
        return table.schema() + "." + table.name();
    }

    /** Each with its time and events, such as {@code stamp (BEFORE UPDATE)}. */
    public String described() {
        return triggers.stream().map(RowTrigger::described).collect(Collectors.joining(", "));
    }

    /** The statements that disable all of them. */
    public String disable() {
        return triggers.stream().map(RowTrigger::disable).collect(Collectors.joining("; "));
    }
}
