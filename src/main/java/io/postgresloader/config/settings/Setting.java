package io.postgresloader.config.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every setting: its names, its default, and its description. The reader, the help of the command line and the
 * shipped file follow this list.
 */
public enum Setting {
    SOURCE_URL("source.url", null, Kind.MOUNTED, "JDBC URL of the MySQL or MariaDB database, without user or password"),
    SOURCE_USER("source.user", null, Kind.MOUNTED, "login name at the source; it needs read access only"),
    SOURCE_PASSWORD("source.password", "", Kind.SECRET, "password at the source"),
    SOURCE_TLS_MODE(
            "source.tls_mode",
            "",
            Kind.PLAIN,
            "TLS to the source: disable, prefer, require, verify-ca or verify-full; empty: what the URL says"),
    SOURCE_TLS_CA(
            "source.tls_ca",
            "",
            Kind.PLAIN,
            "PEM file with the certificates of the CAs to trust for the source; empty: those that Java trusts"),
    SOURCE_COMPRESSION(
            "source.compression",
            "off",
            Kind.PLAIN,
            "whether the connection to the source is compressed, for slow links, on or off"),
    TARGET_URL("target.url", null, Kind.MOUNTED, "JDBC URL of the PostgreSQL database, without user or password"),
    TARGET_USER("target.user", null, Kind.MOUNTED, "login name at the target; it owns the target schema"),
    TARGET_PASSWORD("target.password", "", Kind.SECRET, "password at the target"),
    TARGET_TLS_MODE(
            "target.tls_mode",
            "",
            Kind.PLAIN,
            "TLS to the target: disable, prefer, require, verify-ca or verify-full; empty: what the URL says"),
    TARGET_TLS_CA(
            "target.tls_ca",
            "",
            Kind.PLAIN,
            "PEM file with the certificates of the CAs to trust for the target; empty: those that Java trusts"),
    TARGET_SCHEMA("target.schema", "raw", Kind.MOUNTED, "schema of the target for data and tracking tables"),
    TABLES_FILE("tables.file", "config/tables.yml", Kind.PLAIN, "the list of tables"),
    ROUTES_DIR("routes.dir", "routes", Kind.PLAIN, "directory of the route files"),
    SOURCE_TIME_ZONE(
            "source.time_zone",
            "",
            Kind.PLAIN,
            "time zone of the source's DATETIME columns and of timestamps: local; empty: the server's own"),
    LOADER_WORKERS("loader.workers", "2", 1, 64, "tables that load at the same time"),
    SOURCE_PACKETS(
            "source.packets",
            "on",
            Kind.PLAIN,
            "whether rows are read from the packets of the driver, on; or value by value by JDBC, off"),
    SOURCE_SCAN_LIMIT(
            "source.scan_limit",
            "512MiB",
            Kind.BYTES,
            0,
            1L << 40,
            "largest MyISAM table that is read by scans of key ranges, not in key order; 0: none"),
    LOADER_MEMORY(
            "loader.memory",
            "",
            Kind.BYTES,
            8 << 20,
            1L << 40,
            "memory for the rows of all reads together; empty: a third of Java's heap"),
    LOADER_PAGE_ROWS("loader.page_rows", "1000000", 1, 5_000_000, "maximum number of rows of one read"),
    LOADER_PAGE_BYTES(
            "loader.page_bytes",
            "64MiB",
            Kind.BYTES,
            64 << 10,
            1 << 30,
            "maximum size of one read in bytes; loader.memory may allow less"),
    LOADER_BATCH_ROWS(
            "loader.batch_rows",
            "1000000",
            1,
            1_000_000,
            "maximum number of rows of one upsert; a page in no order is one upsert"),
    LOADER_RETRIES(
            "loader.retries", "5", 0, 100, "how often a load is tried again after a transient error before it fails"),
    LOADER_NETWORK_TIMEOUT(
            "loader.network_timeout",
            "60",
            1,
            86_400,
            "seconds without an answer until a connection counts as lost; longer than any single statement takes"),
    ADOPT_MAX_REWRITE(
            "adopt.max_rewrite",
            "5",
            0,
            100,
            "percentage of a table's rows that an adoption may rewrite for one reason, such as a time zone"),
    LOADER_RELOAD(
            "loader.reload",
            "on",
            Kind.PLAIN,
            "whether route files and the table list are reloaded when they are saved, on or off"),
    TRACKING_RETENTION(
            "tracking.retention",
            "90d",
            Kind.PLAIN,
            "age at which closed dead letters and rows of etl_table_metrics, etl_deleted_row and etl_notification are removed, or off"),
    ANALYZE_EXCLUDE(
            "analyze.exclude",
            "tmp*, temp, temporary, backup, bak, old, test, copy",
            Kind.PLAIN,
            "whole words of table names; analyze leaves out such tables; * matches any characters"),
    LOG_FORMAT("log.format", "text", Kind.PLAIN, "format of the log: text, or json, one object a line"),
    MANAGEMENT_HOST(
            "management.host",
            "127.0.0.1",
            Kind.PLAIN,
            "address of health and metrics over HTTP; 0.0.0.0: all addresses of the host"),
    MANAGEMENT_PORT("management.port", "9876", 0, 65_535, "port of health and metrics over HTTP; 0: none"),
    MANAGEMENT_DEAD_LETTER_KEYS(
            "management.dead_letter_keys",
            "off",
            Kind.PLAIN,
            "whether the status over HTTP shows the keys of dead letters, on or off"),
    HEALTH_ACCEPTED_DEAD_LETTERS(
            "health.accepted_dead_letters",
            "0",
            0,
            Integer.MAX_VALUE,
            "number of open dead letters, of all tables, up to which the health check dead_letters is UP"),
    NOTIFY_KINDS("notify.kinds", "all", Kind.PLAIN, "changes of which people are told: all, none, or kinds of change"),
    NOTIFY_PERIOD("notify.period", "30", 1, 3_600, "seconds between two looks for changes"),
    NOTIFY_WEBHOOK_URL("notify.webhook.url", "", Kind.SECRET, "address to which messages are posted; empty: none"),
    NOTIFY_WEBHOOK_SHAPE("notify.webhook.shape", "json", Kind.PLAIN, "what the webhook takes: json, slack or teams"),
    NOTIFY_MAIL_HOST("notify.mail.host", "", Kind.PLAIN, "mail server (SMTP) for messages; empty: none"),
    NOTIFY_MAIL_PORT("notify.mail.port", "587", 1, 65_535, "port of the mail server"),
    NOTIFY_MAIL_TLS(
            "notify.mail.tls",
            "starttls",
            Kind.PLAIN,
            "TLS to the mail server: starttls, tls from the start (port 465), or none"),
    NOTIFY_MAIL_USER("notify.mail.user", "", Kind.MOUNTED, "login name at the mail server; empty: no login"),
    NOTIFY_MAIL_PASSWORD("notify.mail.password", "", Kind.SECRET, "password at the mail server"),
    NOTIFY_MAIL_FROM("notify.mail.from", "", Kind.PLAIN, "sender of mails; required if the mail server is set"),
    NOTIFY_MAIL_TO("notify.mail.to", "", Kind.PLAIN, "addresses that mails go to; required if the mail server is set"),
    NOTIFY_DIGEST_AT(
            "notify.digest.at",
            "",
            Kind.PLAIN,
            "time and zone of the daily digest, such as 07:00 America/Chicago; empty: none"),
    JOLOKIA_HOST("jolokia.host", "127.0.0.1", Kind.PLAIN, "address of JMX over HTTP, for Hawtio"),
    JOLOKIA_PORT("jolokia.port", "0", 0, 65_535, "port of JMX over HTTP, such as 8778; 0: none"),
    JOLOKIA_USER("jolokia.user", "", Kind.MOUNTED, "login name for JMX over HTTP; required if its port is set"),
    JOLOKIA_PASSWORD("jolokia.password", "", Kind.SECRET, "password for JMX over HTTP; required if its port is set"),
    JOLOKIA_POLICY(
            "jolokia.policy",
            "config/jolokia-access.xml",
            Kind.PLAIN,
            "file that lists what JMX over HTTP may read and call");

    private enum Kind {
        PLAIN,
        /** An amount of memory or disk. */
        BYTES,
        /** May also come from a file that {@code NAME_FILE} names. */
        MOUNTED,
        /** Like {@link #MOUNTED}, and never shown. */
        SECRET
    }

    private final String property;
    private final String defaultText;
    private final Kind kind;
    private final long least;
    private final long most;
    private final String description;

    Setting(String property, String defaultText, Kind kind, String description) {
        this(property, defaultText, kind, 0, 0, description);
    }

    Setting(String property, String defaultText, long least, long most, String description) {
        this(property, defaultText, Kind.PLAIN, least, most, description);
    }

    Setting(String property, String defaultText, Kind kind, long least, long most, String description) {
        this.property = property;
        this.defaultText = defaultText;
        this.kind = kind;
        this.least = least;
        this.most = most;
        this.description = description;
    }

    /** The name in {@code application.properties}. */
    public String property() {
        return property;
    }

    /** The environment variable that overrides the property; an empty one counts as not set. */
    public String variable() {
        return name();
    }

    /** The environment variable that names a file holding the value; empty if the setting has none. */
    public Optional<String> fileVariable() {
        return kind == Kind.PLAIN || kind == Kind.BYTES ? Optional.empty() : Optional.of(name() + "_FILE");
    }

    /** The value if none is given. Empty text: the setting is optional. No default at all: the setting is required. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    public boolean required() {
        return defaultText == null;
    }

    /** Whether the value must never be shown. */
    public boolean secret() {
        return kind == Kind.SECRET;
    }

    /** One line without a full stop. */
    public String description() {
        return description;
    }

    /** The least number allowed; meaningless for a setting that is not a number. */
    long least() {
        return least;
    }

    /** The greatest number allowed; 0 for a setting that is not a number. */
    long most() {
        return most;
    }

    /** The range of a number in words, e.g. {@code 1 to 64}; empty for a setting that is not a number. */
    public Optional<String> range() {
        if (most == 0) {
            return Optional.empty();
        }
        return Optional.of(
                kind == Kind.BYTES ? ByteSize.show(least) + " to " + ByteSize.show(most) : least + " to " + most);
    }

    static Optional<Setting> ofProperty(String name) {
        return Arrays.stream(values()).filter(s -> s.property.equals(name)).findFirst();
    }

    static List<String> properties() {
        return Arrays.stream(values()).map(Setting::property).toList();
    }
}
