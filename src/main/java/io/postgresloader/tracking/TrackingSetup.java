package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.Identifiers;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be done until the tracking tables are there, with a row for every table. Tables of another loader are
 * copied first, and then extended: their rows and columns stay.
 *
 * @param found what is there, in words
 * @param backups the copies that will be made
 * @param before statements that go before the migrations
 * @param rows the statement that adds rows behind them; empty: none is missing
 * @param searchPath the statement by which this role finds the tables without naming the schema; empty: it does
 * @param missing how many rows are missing
 */
public record TrackingSetup(
        List<String> found,
        List<String> backups,
        List<String> before,
        Optional<String> rows,
        Optional<String> searchPath,
        int missing) {
    static final String STATUS = "etl_load_status";
    static final String METRICS = "etl_table_metrics";
    static final String BACKUP = "_backup_";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

    private static final String UTC_NOW = "(now() AT TIME ZONE 'UTC')";

    /** The columns that the users' tracking table has by contract; some of its older forms lack a few. */
    private static final Map<String, String> USERS_COLUMNS = usersColumns();

    public TrackingSetup {
        found = List.copyOf(found);
        backups = List.copyOf(backups);
        before = List.copyOf(before);
    }

    /**
     * Looks at what is there.
     *
     * @param tables the tables that need a row
     * @throws LoadFailedException of kind SCHEMA when a tracking table has two rows for one table; the message says
     *     which, and what to do
     */
    public static TrackingSetup of(Warehouse warehouse, Collection<String> tables) {
        return new Survey(warehouse, List.copyOf(tables)).setup();
    }

    /** Does it. */
    public void run(Warehouse warehouse) {
        JdbcClient client = warehouse.jdbc();
        before.forEach(statement -> client.sql(statement).update());
        TrackingSchema.migrate(warehouse);
        rows.ifPresent(statement -> client.sql(statement).update());
    }

    /** Lets this role find the tables without naming the schema; sessions that begin from now on do. */
    public void setSearchPath(Warehouse warehouse) {
        searchPath.ifPresent(statement -> warehouse.jdbc().sql(statement).update());
    }

    /** What an administrator runs for each role of users or reports that leave the schema out of their queries. */
    public static String searchPathOfOthers(Warehouse warehouse) {
        return new SearchPath(warehouse).forOthers();
    }

    /** The same as one text for {@code psql}. */
    public String sql(Warehouse warehouse) {
        List<String> statements = new ArrayList<>(List.of("BEGIN"));
        statements.addAll(before);
        statements.add("SET LOCAL search_path = " + warehouse.quotedSchema() + ", pg_temp");
        statements.addAll(TrackingSchema.pending(warehouse));
        rows.ifPresent(statements::add);
        searchPath.ifPresent(statements::add);
        statements.add("COMMIT");
        return statements.stream()
                .map(statement -> statement.strip() + (statement.strip().endsWith(";") ? "\n" : ";\n"))
                .collect(Collectors.joining());
    }

    private static Map<String, String> usersColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("last_loaded", "timestamp");
        columns.put("rows_loaded", "bigint NOT NULL DEFAULT 0");
        columns.put("load_status", "varchar(50) NOT NULL DEFAULT 'pending'");
        for (String time : List.of("_loaded_at", "_created_at", "_updated_at")) {
            columns.put(time, "timestamp NOT NULL DEFAULT " + UTC_NOW);
        }
        return columns;
    }

    /** Finds out what is to be done. */
    private static final class Survey {
        private final Warehouse warehouse;
        private final JdbcClient target;
        private final TrackingCatalog catalog;
        private final SearchPath searchPath;
        private final String schema;
        private final List<String> tables;
        // One for all copies: it is how undo finds those that belong together.
        private final String stamp = LocalDateTime.now(ZoneOffset.UTC).format(STAMP);
        private final List<String> found = new ArrayList<>();
        private final List<String> backups = new ArrayList<>();
        private final List<String> before = new ArrayList<>();

        private Survey(Warehouse warehouse, List<String> tables) {
            this.warehouse = warehouse;
            this.target = warehouse.jdbc();
            this.catalog = new TrackingCatalog(warehouse);
            this.searchPath = new SearchPath(warehouse);
            this.schema = warehouse.schema();
            this.tables = tables;
        }

        private TrackingSetup setup() {
            if (!catalog.hasSchema()) {
                before.add("CREATE SCHEMA " + warehouse.quotedSchema());
            }
            List<String> missing = missing();
            List<String> status = catalog.columns(STATUS);
            boolean older = !status.isEmpty() && !status.contains("epoch");
            if (older) {
                found.add("Found the tracking table " + schema + "." + STATUS + " of another loader"
                        + (status.contains("last_primary_value") ? " (with last_primary_value)" : "") + ", "
                        + rows(STATUS) + " rows: they stay, and our columns are added.");
            }
            if (older || !status.isEmpty() && !missing.isEmpty()) {
                backUp(STATUS);
            }
            List<String> metrics = catalog.columns(METRICS);
            if (!metrics.isEmpty() && !metrics.contains("load_type")) {
                backUp(METRICS);
            }
            if (older) {
                complete();
            }
            if (!status.isEmpty() && !catalog.unique(STATUS, "table_name")) {
                makeUnique();
            }
            long filled = catalog.filled(tables);
            if (filled > 0) {
                found.add(
                        filled + " of the configured tables are in the target already: the first load of each compares"
                                + " it with the source and repairs it.");
            }
            return new TrackingSetup(found, backups, before, insert(missing), searchPath.include(), missing.size());
        }

        private void backUp(String table) {
            String name = table + BACKUP + stamp;
            backups.add(name);
            before.add("CREATE TABLE " + warehouse.table(name) + " AS TABLE " + warehouse.table(table));
        }

        /** A row without a status was never loaded. */
        private void complete() {
            String table = warehouse.table(STATUS);
            before.add("ALTER TABLE " + table + " "
                    + USERS_COLUMNS.entrySet().stream()
                            .map(column -> "ADD COLUMN IF NOT EXISTS " + column.getKey() + " " + column.getValue())
                            .collect(Collectors.joining(", ")));
            before.add("UPDATE " + table + " SET load_status = coalesce(load_status, 'pending'), _created_at ="
                    + " coalesce(_created_at, " + UTC_NOW + ") WHERE load_status IS NULL OR _created_at IS NULL");
        }

        private void makeUnique() {
            List<String> twice = target.sql("SELECT table_name FROM " + warehouse.table(STATUS)
                            + " GROUP BY table_name HAVING count(*) > 1 ORDER BY 1")
                    .query(String.class)
                    .list();
            if (!twice.isEmpty()) {
                throw new LoadFailedException(new Failure(
                        FailureKind.SCHEMA,
                        Optional.empty(),
                        "the tracking table " + schema + "." + STATUS + " has several rows for "
                                + String.join(", ", twice) + "; keep one of each, for example the newest: DELETE FROM "
                                + schema
                                + "." + STATUS + " a USING " + schema + "." + STATUS
                                + " b WHERE a.table_name = b.table_name AND a.id < b.id"));
            }
            before.add("ALTER TABLE " + warehouse.table(STATUS) + " ADD CONSTRAINT " + TrackingUndo.UNIQUE
                    + " UNIQUE (table_name)");
        }

        private List<String> missing() {
            if (catalog.columns(STATUS).isEmpty()) {
                return tables;
            }
            return target.sql("SELECT t FROM unnest(?) t WHERE NOT EXISTS (SELECT 1 FROM " + warehouse.table(STATUS)
                            + " s WHERE s.table_name = t)")
                    .param(tables.toArray(String[]::new))
                    .query(String.class)
                    .list();
        }

        private Optional<String> insert(List<String> missing) {
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("INSERT INTO " + warehouse.table(STATUS)
                            + " (table_name, load_status) VALUES\n"
                            + missing.stream()
                                    .map(table -> "  (" + Identifiers.literal(table) + ", 'pending')")
                                    .collect(Collectors.joining(",\n"))
                            + "\nON CONFLICT (table_name) DO NOTHING");
        }

        private long rows(String table) {
            return target.sql("SELECT count(*) FROM " + warehouse.table(table))
                    .query(Long.class)
                    .single();
        }
    }
}
