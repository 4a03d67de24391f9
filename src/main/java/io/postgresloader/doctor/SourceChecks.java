package io.postgresloader.doctor;

import io.postgresloader.source.SourceSight;
import io.postgresloader.source.SourceZone;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examines the source server: version, rights, clock and variables. */
final class SourceChecks {
    /** No limit: the greatest value of the variable. */
    private static final BigInteger UNLIMITED = new BigInteger("18446744073709551615");

    /** A pool that is idle for this long while a page is written must find its connections open. */
    private static final long LEAST_WAIT_SECONDS = 60;

    private final Examined examined;
    private final SourceFacts facts;

    private SourceChecks(Examined examined, SourceFacts facts) {
        this.examined = examined;
        this.facts = facts;
    }

    static List<Examination> of(Examined examined, SourceFacts facts) {
        SourceChecks checks = new SourceChecks(examined, facts);
        return List.of(
                Examination.of(Check.SOURCE_VERSION, checks::version),
                new Examination(
                        Check.SOURCE_OPEN_WORK,
                        "open transactions and statements of all users can be seen",
                        checks::openWork),
                new Examination(Check.SOURCE_REPLICA, "the source is no replica", checks::replica),
                Examination.of(Check.SOURCE_ZONE, checks::zone),
                Examination.of(Check.SOURCE_CLOCK, checks::clock),
                Examination.of(Check.SOURCE_BINLOG, checks::binlog),
                Examination.of(Check.SOURCE_PACKET, checks::packet),
                new Examination(Check.SOURCE_LIMITS, "no limit of rows, and no time-out, is set", checks::limits),
                Examination.of(Check.SOURCE_ISOLATION, checks::isolation),
                Examination.of(Check.SOURCE_CONNECTIONS, checks::connections),
                Examination.of(Check.SOURCE_NAMES, checks::names));
    }

    private Finding version() {
        return version(facts.variable("version").orElse("unknown"), facts.mariaDb());
    }

    static Finding version(String version, boolean mariaDb) {
        String[] numbers = version.split("[^0-9]+");
        boolean old = !mariaDb && Integer.parseInt(numbers[0]) * 100 + Integer.parseInt(numbers[1]) < 505;
        return old
                ? Check.SOURCE_VERSION.fault("MySQL " + version + " is too old; use MySQL 5.5 or newer")
                : Check.SOURCE_VERSION.ok(
                        mariaDb ? "MariaDB " + version.replaceFirst("-MariaDB.*", "") : "MySQL " + version);
    }

    private List<Finding> openWork() {
        return new SourceSight(facts.source())
                .openWork().stream().map(Check.SOURCE_OPEN_WORK::warning).toList();
    }

    private List<Finding> replica() {
        SourceSight.Replica replica = new SourceSight(facts.source()).replica();
        return replica.notes().stream()
                .map(replica.follows() ? Check.SOURCE_REPLICA::warning : Check.SOURCE_REPLICA::fault)
                .toList();
    }

    private Finding zone() {
        Optional<String> configured = examined.settings().sourceTimeZone().map(Object::toString);
        String found = facts.variable("time_zone").orElse("") + " ("
                + facts.variable("system_time_zone").orElse("") + ")";
        return configured
                .map(zone -> Check.SOURCE_ZONE.ok(
                        "DATETIME values are in " + zone + " (SOURCE_TIME_ZONE); the server's zone is " + found))
                .orElseGet(() -> Check.SOURCE_ZONE.ok(
                        "DATETIME values are in the server's zone " + found + zoneOfLocalTables()));
    }

    private String zoneOfLocalTables() {
        return SourceZone.of(facts.source()).zone().isPresent()
                ? ""
                : ", whose name the server does not say; tables with timestamps: local need SOURCE_TIME_ZONE";
    }

    private Finding clock() {
        return ClockOffset.of(Check.SOURCE_CLOCK, () -> facts.source()
                .jdbc()
                .sql("SELECT UNIX_TIMESTAMP()")
                .query(Double.class)
                .single());
    }

    private Finding binlog() {
        return Check.SOURCE_BINLOG.ok("the binary log is "
                + facts.variable("log_bin").map(SourceChecks::onOrOff).orElse("off")
                + "; the loader does not need it");
    }

    private static String onOrOff(String value) {
        return value.equals("ON") || value.equals("1") ? "on" : "off";
    }

    private Finding packet() {
        long bytes = facts.number("max_allowed_packet").orElse(0L);
        return Check.SOURCE_PACKET.ok("max_allowed_packet is " + Sizes.of(bytes)
                + ", which limits what the server accepts; the loader reads larger rows as well");
    }

    private List<Finding> limits() {
        Stream<String> limits = Stream.concat(
                facts
                        .variable("sql_select_limit")
                        .filter(limit -> new BigInteger(limit).compareTo(UNLIMITED) < 0)
                        .map(limit -> "sql_select_limit = " + limit)
                        .stream(),
                Stream.of("max_execution_time", "max_statement_time")
                        .flatMap(name -> facts.number(name).filter(value -> value > 0).stream()
                                .map(value ->
                                        name + " = " + facts.variable(name).orElseThrow())));
        String found = limits.collect(Collectors.joining(", "));
        Stream<Finding> overridden = found.isEmpty()
                ? Stream.of()
                : Stream.of(Check.SOURCE_LIMITS.ok("the server sets " + found + "; the loader's sessions override it"));
        Stream<Finding> idle = facts.number("wait_timeout").filter(wait -> wait < LEAST_WAIT_SECONDS).stream()
                .map(wait -> Check.SOURCE_LIMITS
                        .warning("the server closes connections that are idle for " + wait
                                + " s (wait_timeout): a load that writes a page meanwhile must be tried again; allow at"
                                + " least " + LEAST_WAIT_SECONDS + " s")
                        .run("SET GLOBAL wait_timeout = 28800"));
        return Stream.concat(overridden, idle).toList();
    }

    private Finding isolation() {
        String level = facts.variable("transaction_isolation")
                .or(() -> facts.variable("tx_isolation"))
                .orElse("unknown");
        return Check.SOURCE_ISOLATION.ok("the default is " + level
                + (level.equals("READ-COMMITTED") ? "" : "; the loader's sessions use READ-COMMITTED"));
    }

    private Finding connections() {
        int needed = examined.settings().loading().sourceConnections();
        long ofUser = facts.source()
                .jdbc()
                .sql("SELECT @@session.max_user_connections")
                .query(Long.class)
                .single();
        long ofServer = facts.number("max_connections").orElse(Long.MAX_VALUE);
        if (ofUser > 0 && ofUser < needed) {
            return tooFew("max_user_connections", ofUser, needed);
        }
        return ofServer < needed
                ? tooFew("max_connections", ofServer, needed)
                : Check.SOURCE_CONNECTIONS.ok("the loader uses up to " + needed + " of " + ofServer + " connections");
    }

    private static Finding tooFew(String variable, long found, int needed) {
        return Check.SOURCE_CONNECTIONS.fault(variable + " is " + found + ", and the loader uses up to " + needed
                + " connections; raise it, or set a lower LOADER_WORKERS");
    }

    private Finding names() {
        String value = facts.variable("lower_case_table_names").orElse("0");
        return Check.SOURCE_NAMES.ok("lower_case_table_names is " + value
                + (value.equals("0")
                        ? ": names of tables are case-sensitive"
                        : ": the table list spells names of tables as the server shows them"));
    }
}
