package io.postgresloader.doctor;

import static io.postgresloader.doctor.Side.CONFIGURATION;
import static io.postgresloader.doctor.Side.SOURCE;
import static io.postgresloader.doctor.Side.TABLE;
import static io.postgresloader.doctor.Side.TARGET;

import java.util.Locale;
import java.util.Optional;

/** Every check: its side, and what it looks at. The output and the manual follow this list. */
public enum Check {
    PASSWORD_FILES(CONFIGURATION, "only the owner can read the files with passwords"),
    SOURCE_CONNECTION(SOURCE, "the source accepts the login"),
    SOURCE_VERSION(SOURCE, "product and version"),
    SOURCE_OPEN_WORK(SOURCE, "PROCESS or the function postgres_loader_open_work shows open transactions"),
    SOURCE_REPLICA(SOURCE, "a replica follows its primary, and SLAVE MONITOR or REPLICATION CLIENT shows it"),
    SOURCE_ZONE(SOURCE, "the zone of DATETIME values"),
    SOURCE_CLOCK(SOURCE, "the clock agrees with the clock of this host"),
    SOURCE_BINLOG(SOURCE, "the binary log, which is not needed"),
    SOURCE_PACKET(SOURCE, "max_allowed_packet"),
    SOURCE_LIMITS(SOURCE, "sql_select_limit and time-outs"),
    SOURCE_ISOLATION(SOURCE, "the default isolation level"),
    SOURCE_CONNECTIONS(SOURCE, "max_connections and max_user_connections allow the pool"),
    SOURCE_NAMES(SOURCE, "lower_case_table_names"),
    TARGET_CONNECTION(TARGET, "the target accepts the login"),
    TARGET_VERSION(TARGET, "the version"),
    TARGET_WRITABLE(TARGET, "the server is no standby, and default_transaction_read_only is off"),
    TARGET_POOLER(TARGET, "no connection pooler in transaction mode is in front"),
    TARGET_SCHEMA(TARGET, "the schema exists, with USAGE and CREATE, and TEMPORARY on the database"),
    TARGET_ENCODING(TARGET, "the encoding of the database is UTF8"),
    TARGET_ZONE(TARGET, "the time zone of sessions"),
    TARGET_CLOCK(TARGET, "the clock agrees with the clock of this host"),
    TARGET_TIMEOUTS(TARGET, "time-outs of role and database"),
    TARGET_ISOLATION(TARGET, "the default isolation level"),
    TARGET_CONNECTIONS(TARGET, "max_connections, and the limits of role and database, allow the pool"),
    TARGET_SEARCH_PATH(TARGET, "the search path of the role"),
    TARGET_EVENT_TRIGGERS(TARGET, "event triggers"),
    TARGET_SYNCHRONOUS(TARGET, "a synchronous standby that commits wait for is connected"),
    TARGET_DISK(TARGET, "the size of both databases"),
    TABLE_EXISTS(TABLE, "the source has the table, and it is no view or sequence"),
    TABLE_SELECT(TABLE, "SELECT on the table and on all of its columns"),
    TABLE_COLUMNS(TABLE, "the source has the columns that the table list names"),
    TABLE_ENGINE(TABLE, "the engine, damage that the server reports, and system versioning"),
    TABLE_SHADOW(TABLE, "the table is no shadow table of gh-ost or pt-online-schema-change"),
    TABLE_KEY(TABLE, "a key that rows can be upserted by"),
    TABLE_RANDOM_KEY(TABLE, "keys that are random, in a table without a cursor column"),
    TABLE_WIDTH(TABLE, "names, number and width of the columns fit into PostgreSQL"),
    TABLE_CASE(TABLE, "no table or column of the target has the name in another case"),
    TABLE_KIND(TABLE, "the target table is a table, and no view or foreign table"),
    TABLE_OWNER(TABLE, "the role owns the target table"),
    TABLE_WRITE(TABLE, "SELECT, INSERT, UPDATE and DELETE on the target table"),
    TABLE_VALUES(TABLE, "the target table takes a value for each column of the source, and needs no other"),
    TABLE_FOLDED_KEY(TABLE, "the key of the target distinguishes what the source distinguishes"),
    TABLE_TRIGGERS(TABLE, "triggers of the target table"),
    TABLE_RULES(TABLE, "rules of the target table"),
    TABLE_CHILDREN(TABLE, "tables that inherit from the target table"),
    TABLE_PARTITIONS(TABLE, "a partitioned target table has a partition for every row"),
    TABLE_ROW_SECURITY(TABLE, "row security does not apply to the role"),
    TABLE_PUBLICATION(TABLE, "a published target table has a replica identity"),
    TABLE_DEFERRED(TABLE, "constraints that are checked at the end of a transaction"),
    TABLE_DEPENDENTS(TABLE, "views and other objects that keep a column from being widened");

    private final Side side;
    private final String description;

    Check(Side side, String description) {
        this.side = side;
        this.description = description;
    }

    /** The stable name, such as {@code table-rules}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Side side() {
        return side;
    }

    /** What it looks at; one line without a full stop. */
    public String description() {
        return description;
    }

    Finding ok(String message) {
        return finding(Level.OK, message);
    }

    Finding warning(String message) {
        return finding(Level.WARNING, message);
    }

    Finding fault(String message) {
        return finding(Level.FAULT, message);
    }

    private Finding finding(Level level, String message) {
        return new Finding(this, level, Optional.empty(), message, Optional.empty());
    }
}
