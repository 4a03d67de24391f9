package io.postgresloader.doctor;

import io.postgresloader.sql.Identifiers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Examines the target server, the database and the schema. */
final class TargetChecks {
    private static final int OLDEST_VERSION = 140_000;

    private static final String SCHEMA =
            """
            SELECT s.oid IS NOT NULL AS found, current_user AS role, pg_catalog.current_database() AS database,
              pg_catalog.has_schema_privilege(s.oid, 'USAGE') AS may_use,
              pg_catalog.has_schema_privilege(s.oid, 'CREATE') AS may_create,
              pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS may_create_schema,
              pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY') AS may_use_temporary
            FROM (SELECT pg_catalog.to_regnamespace(?)::oid) s (oid)""";

    /** Connections of the loader itself, running or not, are not those of others. */
    private static final String CONNECTIONS =
            """
            SELECT pg_catalog.current_setting('max_connections')::int
                - pg_catalog.current_setting('superuser_reserved_connections')::int AS server,
              (SELECT rolconnlimit FROM pg_catalog.pg_roles WHERE rolname = current_user) AS of_role,
              (SELECT datconnlimit FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) AS of_database,
              (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'
                AND application_name <> 'postgres-loader') AS others""";

    private static final String EVENT_TRIGGERS =
            """
            SELECT pg_catalog.quote_ident(evtname) AS name, evtevent AS event FROM pg_catalog.pg_event_trigger
            WHERE evtenabled IN ('O', 'A') ORDER BY 1""";

    private static final String SYNCHRONOUS =
            """
            SELECT pg_catalog.current_setting('synchronous_standby_names') AS names,
              pg_catalog.current_setting('synchronous_commit') AS wait,
              (SELECT count(*) FROM pg_catalog.pg_stat_replication) AS standbys""";

    private final Examined examined;
    private final TargetFacts facts;

    private TargetChecks(Examined examined, TargetFacts facts) {
        this.examined = examined;
        this.facts = facts;
    }

    static List<Examination> of(Examined examined, TargetFacts facts) {
        TargetChecks checks = new TargetChecks(examined, facts);
        return List.of(
                Examination.of(Check.TARGET_VERSION, checks::version),
                new Examination(Check.TARGET_WRITABLE, "the server accepts writes", checks::writable),
                // The connection is checked for one; the target counts as not available then.
                Examination.of(
                        Check.TARGET_POOLER,
                        () -> Check.TARGET_POOLER.ok("each connection has a server session of its own")),
                new Examination(
                        Check.TARGET_SCHEMA,
                        "the role may use and create tables in schema "
                                + facts.warehouse().schema(),
                        checks::schema),
                Examination.of(Check.TARGET_ENCODING, checks::encoding),
                Examination.of(Check.TARGET_CLOCK, checks::clock),
                Examination.of(Check.TARGET_CONNECTIONS, checks::connections),
                new Examination(Check.TARGET_EVENT_TRIGGERS, "there is no event trigger", checks::eventTriggers),
                Examination.of(Check.TARGET_SYNCHRONOUS, checks::synchronous));
    }

    private Finding version() {
        int number = facts.row("SHOW server_version_num", row -> row.getInt(1));
        String version = "PostgreSQL " + facts.row("SHOW server_version", row -> row.getString(1));
        return number < OLDEST_VERSION
                ? Check.TARGET_VERSION.fault(version + " is too old; use PostgreSQL 14 or newer")
                : Check.TARGET_VERSION.ok(version);
    }

    private List<Finding> writable() {
        boolean standby = facts.row("SELECT pg_catalog.pg_is_in_recovery()", row -> row.getBoolean(1));
        boolean readOnly = facts.setting("default_transaction_read_only")
                .filter(setting -> setting.given().equals("on"))
                .isPresent();
        Stream<Finding> standbyFound = standby
                ? Stream.of(Check.TARGET_WRITABLE.fault(
                        "the server is a standby, which takes no writes; name the primary in TARGET_URL"))
                : Stream.of();
        Stream<Finding> readOnlyFound = readOnly
                ? Stream.of(Check.TARGET_WRITABLE
                        .fault("default_transaction_read_only is on: the loader cannot write; set it off for its role")
                        .run("ALTER ROLE " + role() + " SET default_transaction_read_only = off"))
                : Stream.of();
        return Stream.concat(standbyFound, readOnlyFound).toList();
    }

    private String role() {
        return Identifiers.postgres(facts.row("SELECT current_user", row -> row.getString(1)));
    }

    private List<Finding> schema() {
        return facts.row(SCHEMA, row -> {
            String role = " TO " + Identifiers.postgres(row.getString("role"));
            String schema = facts.warehouse().quotedSchema();
            String database = Identifiers.postgres(row.getString("database"));
            Stream<Finding> missing = row.getBoolean("found")
                    ? Stream.of(
                                    right(
                                            row.getBoolean("may_use"),
                                            "USAGE",
                                            "schema " + facts.warehouse().schema(),
                                            "GRANT USAGE ON SCHEMA " + schema + role),
                                    right(
                                            row.getBoolean("may_create"),
                                            "CREATE",
                                            "schema " + facts.warehouse().schema(),
                                            "GRANT CREATE ON SCHEMA " + schema + role))
                            .flatMap(Optional::stream)
                    : right(
                            row.getBoolean("may_create_schema"),
                            "CREATE",
                            "the database, to create schema "
                                    + facts.warehouse().schema(),
                            "GRANT CREATE ON DATABASE " + database + role)
                            .stream();
            return Stream.concat(
                            missing,
                            right(
                                    row.getBoolean("may_use_temporary"),
                                    "TEMPORARY",
                                    "the database, to create stages",
                                    "GRANT TEMPORARY ON DATABASE " + database + role)
                                    .stream())
                    .toList();
        });
    }

    private static Optional<Finding> right(boolean has, String right, String on, String grant) {
        return has
                ? Optional.empty()
                : Optional.of(Check.TARGET_SCHEMA
                        .fault("the role has no right " + right + " on " + on)
                        .run(grant));
    }

    private Finding encoding() {
        String encoding = facts.row("SHOW server_encoding", row -> row.getString(1));
        return switch (encoding) {
            case "UTF8" -> Check.TARGET_ENCODING.ok("the encoding of the database is UTF8");
            case "SQL_ASCII" -> Check.TARGET_ENCODING.warning(
                    "the encoding of the database is SQL_ASCII: PostgreSQL does"
                            + " not check texts, and sorts and compares them by their bytes; use a database with encoding UTF8");
            default -> Check.TARGET_ENCODING.warning("the encoding of the database is " + encoding + ": a row with a"
                    + " character that it does not have becomes a dead letter; use a database with encoding UTF8");
        };
    }

    private Finding clock() {
        return ClockOffset.of(
                Check.TARGET_CLOCK,
                () -> facts.row(
                        "SELECT extract(epoch FROM pg_catalog.clock_timestamp())::float8", row -> row.getDouble(1)));
    }

    private Finding connections() {
        int needed = examined.settings().loading().targetConnections();
        return facts.row(CONNECTIONS, row -> {
            long server = row.getLong("server");
            long free = server - row.getLong("others");
            for (String limit : List.of("of_role", "of_database")) {
                long found = row.getLong(limit);
                if (found >= 0 && found < needed) {
                    return tooFew("CONNECTION LIMIT " + limit.replace("of_", "of the ") + " is " + found, needed);
                }
            }
            if (server < needed) {
                return tooFew("max_connections leaves " + server, needed);
            }
            return free < needed
                    ? Check.TARGET_CONNECTIONS.warning("others use all but " + free + " of " + server
                            + " connections, and the loader uses up to " + needed
                            + "; raise max_connections, or set a lower LOADER_WORKERS")
                    : Check.TARGET_CONNECTIONS.ok("the loader uses up to " + needed + " of " + server + " connections");
        });
    }

    private static Finding tooFew(String found, int needed) {
        return Check.TARGET_CONNECTIONS.fault(found + ", and the loader uses up to " + needed
                + " connections; raise it, or set a lower LOADER_WORKERS");
    }

    /** Stages are temporary tables, so that these run in nearly every load. */
    private List<Finding> eventTriggers() {
        return facts.rows(EVENT_TRIGGERS, row -> Check.TARGET_EVENT_TRIGGERS
                .warning("the event trigger " + row.getString("name") + " (" + row.getString("event")
                        + ") runs with the loader's rights whenever it creates a stage or changes a table: if it fails,"
                        + " loads fail; give the role the rights that it needs, or disable it")
                .run("ALTER EVENT TRIGGER " + row.getString("name") + " DISABLE"));
    }

    private Finding synchronous() {
        return facts.row(
                SYNCHRONOUS,
                row -> synchronous(row.getString("names"), row.getString("wait"), row.getLong("standbys")));
    }

    /**
     * @param names {@code synchronous_standby_names}; empty: commits wait for no standby
     * @param wait {@code synchronous_commit}
     * @param standbys how many standbys are connected
     */
    static Finding synchronous(String names, String wait, long standbys) {
        if (names.isEmpty() || Set.of("off", "local").contains(wait)) {
            return Check.TARGET_SYNCHRONOUS.ok("commits wait for no standby");
        }
        return standbys == 0
                ? Check.TARGET_SYNCHRONOUS.fault("commits wait for a standby (synchronous_standby_names), and none is"
                        + " connected: every load hangs; start the standby, or set synchronous_standby_names to ''")
                : Check.TARGET_SYNCHRONOUS.ok("commits wait for a standby, and " + standbys + " are connected");
    }
}
