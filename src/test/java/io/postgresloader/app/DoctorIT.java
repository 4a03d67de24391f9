package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.doctor.Check;
import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Each arrangement of other people's servers that doctor can see is found, by its check, its level and its sentence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {
    private static final String ROLE = "examined";
    private static final String NOOP =
            "CREATE FUNCTION raw.noop() RETURNS trigger LANGUAGE plpgsql AS" + " $$ BEGIN RETURN NEW; END $$";
    private static final String PLAIN = "CREATE TABLE %s (Id int NOT NULL PRIMARY KEY, V int) ENGINE=InnoDB";
    private static final String IN_TARGET = "CREATE TABLE raw.%s (\"Id\" int PRIMARY KEY, \"V\" int)";

    private final LoaderFixture fixture = new LoaderFixture();
    private List<Finding> ofTables;

    /** A table, and what doctor says of it: each line in full up to where it ends here. */
    private record Arrangement(
            String table, String options, List<String> source, List<String> target, List<String> lines) {
        /** A table that is plain in both databases, and then changed in the target. */
        static Arrangement inTarget(String table, String line, String... changes) {
            List<String> target = new ArrayList<>(List.of(IN_TARGET.formatted(table)));
            target.addAll(List.of(changes));
            return new Arrangement(table, "", List.of(PLAIN.formatted(table)), target, List.of(line));
        }

        /** A table that the target has in this form. */
        static Arrangement asTarget(String table, String line, String... target) {
            return new Arrangement(table, "", List.of(PLAIN.formatted(table)), List.of(target), List.of(line));
        }

        /** A table that the source has in this form, and the target does not have yet. */
        static Arrangement inSource(String table, String options, String line, String... source) {
            return new Arrangement(table, options, List.of(source), List.of(), List.of(line));
        }

        Arrangement and(String line) {
            List<String> all = new ArrayList<>(lines);
            all.add(line);
            return new Arrangement(table, options, source, target, all);
        }

        @Override
        public String toString() {
            return table;
        }
    }

    static Stream<Arrangement> tables() {
        return Stream.of(inTarget(), widening(), inSource()).flatMap(arrangements -> arrangements);
    }

    private static Stream<Arrangement> inTarget() {
        return Stream.of(
                new Arrangement("plain", "", List.of(PLAIN.formatted("plain")), List.of(), List.of()),
                new Arrangement(
                        "loaded",
                        "",
                        List.of(PLAIN.formatted("loaded")),
                        List.of(IN_TARGET.formatted("loaded")),
                        List.of()),
                Arrangement.inTarget(
                        "ruled",
                        "fault table-rules: ruled: has the rule also, which PostgreSQL applies to some of the loader's"
                                + " statements and not to others; run: DROP RULE \"also\" ON \"raw\".\"ruled\"",
                        "CREATE RULE also AS ON INSERT TO raw.ruled DO ALSO NOTIFY changed"),
                Arrangement.inTarget(
                        "parent",
                        "fault table-children: parent: has the child table raw.child, whose rows PostgreSQL reads as"
                                + " rows of the table",
                        "CREATE TABLE raw.child () INHERITS (raw.parent)"),
                Arrangement.asTarget(
                                "ranged",
                                "warning table-partitions: ranged: is partitioned by range and has no default"
                                        + " partition: a row without a partition becomes a dead letter",
                                "CREATE TABLE raw.ranged (\"Id\" int PRIMARY KEY, \"V\" int) PARTITION BY RANGE (\"Id\")",
                                "CREATE TABLE raw.ranged_1 PARTITION OF raw.ranged FOR VALUES FROM (1) TO (500)")
                        .and("warning table-dependents: ranged: if the source widens a column, PostgreSQL cannot,"
                                + " because of the partition key"),
                Arrangement.inTarget(
                        "secured",
                        "fault table-row-security: secured: row security applies to the role: PostgreSQL does not allow"
                                + " COPY into the table",
                        "ALTER TABLE raw.secured ENABLE ROW LEVEL SECURITY",
                        "ALTER TABLE raw.secured FORCE ROW LEVEL SECURITY",
                        "CREATE POLICY everything ON raw.secured USING (true)"),
                Arrangement.asTarget(
                        "published",
                        "fault table-publication: published: is published by everything and has no replica identity:"
                                + " PostgreSQL allows no UPDATE or DELETE of its rows; run: ALTER TABLE"
                                + " \"raw\".\"published\" REPLICA IDENTITY FULL",
                        "CREATE TABLE raw.published (\"Id\" int NOT NULL UNIQUE, \"V\" int)",
                        "CREATE PUBLICATION everything FOR ALL TABLES"),
                Arrangement.inTarget(
                        "late",
                        "warning table-deferred: late: the constraint late_fk is deferred: rows that violate it are"
                                + " found when a chunk is committed",
                        "ALTER TABLE raw.late ADD CONSTRAINT late_fk FOREIGN KEY (\"V\") REFERENCES raw.loaded"
                                + " DEFERRABLE INITIALLY DEFERRED"),
                Arrangement.inTarget(
                        "late_unique",
                        "warning table-deferred: late_unique: the constraint late_v is deferred",
                        "ALTER TABLE raw.late_unique ADD CONSTRAINT late_v UNIQUE (\"V\") DEFERRABLE INITIALLY DEFERRED"),
                Arrangement.inTarget(
                                "late_trigger",
                                "warning table-deferred: late_trigger: the constraint at_the_end is deferred",
                                "CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON raw.late_trigger DEFERRABLE"
                                        + " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raw.noop()")
                        .and("warning table-triggers: late_trigger: has triggers"),
                Arrangement.inTarget(
                        "triggered",
                        "warning table-triggers: triggered: has triggers that can change, drop or redirect the loaded"
                                + " rows: stamp (BEFORE INSERT OR UPDATE); let them change no loaded column, or disable"
                                + " them; run: ALTER TABLE \"raw\".\"triggered\" DISABLE TRIGGER \"stamp\"",
                        "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON raw.triggered FOR EACH ROW"
                                + " EXECUTE FUNCTION raw.noop()"),
                Arrangement.asTarget(
                        "viewed",
                        "fault table-kind: viewed: is a view or foreign table in the target, not a table",
                        "CREATE VIEW raw.viewed AS SELECT \"Id\", \"V\" FROM raw.loaded"),
                Arrangement.inTarget(
                                "foreign_owner",
                                "warning table-owner: foreign_owner: belongs to postgres: only its owner can add columns",
                                "GRANT SELECT, INSERT ON raw.foreign_owner TO " + ROLE)
                        .and(
                                "fault table-write: foreign_owner: the role has no right UPDATE, DELETE; run: GRANT UPDATE,"
                                        + " DELETE ON \"raw\".\"foreign_owner\" TO \"examined\""),
                Arrangement.inTarget(
                        "required",
                        "fault table-values: required: requires a value for the column Extra, which the source does not"
                                + " have; run: ALTER TABLE \"raw\".\"required\" ALTER COLUMN \"Extra\" DROP NOT NULL",
                        "ALTER TABLE raw.required ADD \"Extra\" int NOT NULL"),
                Arrangement.asTarget(
                        "numbered",
                        "fault table-values: numbered: takes no values for the column Id; run: ALTER TABLE",
                        "CREATE TABLE raw.numbered (\"Id\" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"V\" int)"),
                Arrangement.asTarget(
                                "computed",
                                "fault table-values: computed: generates the column V itself",
                                "CREATE TABLE raw.computed (\"Id\" int PRIMARY KEY, \"V\" int GENERATED ALWAYS AS"
                                        + " (\"Id\" + 1) STORED)")
                        .and("warning table-dependents: computed: if the source widens a column, PostgreSQL cannot,"
                                + " because of generated column \"V\""),
                Arrangement.asTarget(
                        "patient",
                        "fault table-case: patient: the target has a table Patient, whose name differs in case only;"
                                + " run: ALTER TABLE \"raw\".\"Patient\" RENAME TO \"patient\"",
                        "CREATE TABLE raw.\"Patient\" (\"Id\" int PRIMARY KEY)"),
                Arrangement.asTarget(
                        "lower",
                        "fault table-case: lower: the column v of the target and the source's V differ in case only; run:"
                                + " ALTER TABLE \"raw\".\"lower\" RENAME COLUMN \"v\" TO \"V\"",
                        "CREATE TABLE raw.lower (\"Id\" int PRIMARY KEY, v int)"),
                new Arrangement(
                        "folded",
                        "",
                        List.of("CREATE TABLE folded (Code varchar(20) CHARACTER SET utf8 COLLATE utf8_bin NOT NULL"
                                + " PRIMARY KEY)"),
                        List.of("CREATE TABLE raw.folded (\"Code\" public.citext PRIMARY KEY)"),
                        List.of("warning table-folded-key: folded: the key column Code takes texts for equal in the"
                                + " target that the source distinguishes")),
                new Arrangement(
                        "folding",
                        "",
                        List.of("CREATE TABLE folding (Code varchar(20) CHARACTER SET utf8 COLLATE utf8_bin NOT NULL"
                                + " PRIMARY KEY)"),
                        List.of("CREATE TABLE raw.folding (\"Code\" text COLLATE raw.folding PRIMARY KEY)"),
                        List.of("warning table-folded-key: folding: the key column Code takes texts for equal")),
                new Arrangement(
                        "folded_twice",
                        "",
                        List.of("CREATE TABLE folded_twice (Code varchar(20) NOT NULL PRIMARY KEY)"),
                        List.of("CREATE TABLE raw.folded_twice (\"Code\" public.citext PRIMARY KEY)"),
                        List.of()));
    }

    private static Stream<Arrangement> widening() {
        String cannot = "if the source widens a column, PostgreSQL cannot, because of ";
        return Stream.of(
                Arrangement.inTarget(
                                "w_trigger",
                                "warning table-dependents: w_trigger: " + cannot + "trigger on_v",
                                "CREATE TRIGGER on_v AFTER UPDATE OF \"V\" ON raw.w_trigger FOR EACH ROW"
                                        + " EXECUTE FUNCTION raw.noop()")
                        .and("warning table-triggers: w_trigger: has triggers"),
                Arrangement.inTarget(
                        "w_policy",
                        "warning table-dependents: w_policy: " + cannot + "policy paid",
                        "CREATE POLICY paid ON raw.w_policy USING (\"V\" > 0)"),
                Arrangement.inTarget(
                        "w_function",
                        "warning table-dependents: w_function: " + cannot + "function raw.total()",
                        "CREATE FUNCTION raw.total() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(\"V\") FROM"
                                + " raw.w_function; END"),
                Arrangement.inTarget(
                        "w_filter",
                        "warning table-dependents: w_filter: " + cannot + "the row filter of publication paid_only",
                        "CREATE PUBLICATION paid_only FOR TABLE raw.w_filter WHERE (\"V\" > 0) WITH (publish = 'insert')"),
                Arrangement.inTarget(
                        "w_generated",
                        "warning table-dependents: w_generated: " + cannot + "generated column twice",
                        "ALTER TABLE raw.w_generated ADD twice int GENERATED ALWAYS AS (\"V\" * 2) STORED"),
                // Usual in a warehouse: counted in a line of the whole schema, and no warning.
                new Arrangement(
                        "w_view",
                        "",
                        List.of(PLAIN.formatted("w_view")),
                        List.of(
                                IN_TARGET.formatted("w_view"),
                                "CREATE VIEW raw.sums AS SELECT sum(\"V\") FROM raw.w_view"),
                        List.of()));
    }

    private static Stream<Arrangement> inSource() {
        Stream<Arrangement> everywhere = Stream.of(
                Arrangement.inSource(
                        "loadedd",
                        "",
                        "fault table-exists: loadedd: the source has no such table; did you mean"
                                + " loaded? remove it from the table list, or restore it"),
                Arrangement.inSource(
                        "v_loaded",
                        "",
                        "fault table-exists: v_loaded: is a view, not a table; remove it from the table list",
                        "CREATE VIEW v_loaded AS SELECT * FROM loaded"),
                Arrangement.inSource(
                        "typo",
                        "incremental_columns: [Edted]",
                        "fault table-columns: typo: ",
                        "CREATE TABLE typo (Id int NOT NULL PRIMARY KEY, Edited datetime NOT NULL)"),
                Arrangement.inSource(
                        "in_memory",
                        "",
                        "warning table-engine: in_memory: has the engine MEMORY, whose rows are not kept by this server",
                        "CREATE TABLE in_memory (Id int NOT NULL PRIMARY KEY) ENGINE=MEMORY"),
                Arrangement.inSource(
                        "_visit_gho",
                        "",
                        "warning table-shadow: _visit_gho: looks like a table that gh-ost or pt-online-schema-change"
                                + " makes",
                        "CREATE TABLE _visit_gho (Id int NOT NULL PRIMARY KEY)"),
                Arrangement.inSource(
                        "keyless",
                        "",
                        "fault table-key: keyless: has no key: no PRIMARY KEY and no unique index",
                        "CREATE TABLE keyless (V int)"),
                new Arrangement(
                        "replaced", "load: full", List.of("CREATE TABLE replaced (V int)"), List.of(), List.of()),
                Arrangement.inSource(
                        "superset",
                        "primary_key: [Id, V]",
                        "fault table-key: superset: target/",
                        "CREATE TABLE superset (Id int NOT NULL PRIMARY KEY, V int NOT NULL)"),
                Arrangement.inSource(
                        "float_key",
                        "",
                        "warning table-key: float_key: the key (F) has columns whose order is not that of their values: F"
                                + " (float)",
                        "CREATE TABLE float_key (F float NOT NULL PRIMARY KEY)"),
                Arrangement.inSource(
                        "random",
                        "",
                        "warning table-random-key: random: its AUTO_INCREMENT is 8000000000000000001, with about 30 rows",
                        "CREATE TABLE random (Id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO random SELECT seq * 1000000000 FROM seq_1_to_29",
                        "INSERT INTO random VALUES (8000000000000000000)"),
                Arrangement.inSource(
                        "many_columns",
                        "",
                        "fault table-width: many_columns: has 1601 columns, and a table of PostgreSQL has at most 1600",
                        wide("many_columns", "tinyint", 1601)),
                Arrangement.inSource(
                        "wide",
                        "",
                        "warning table-width: wide: a row without NULL has 8808 bytes of numbers and times",
                        wide("wide", "bigint", 1101)));
        Stream<Arrangement> ofMariaDb = Stream.of(
                Arrangement.inSource(
                        "numbers",
                        "",
                        "fault table-exists: numbers: is a sequence, not a table",
                        "CREATE SEQUENCE numbers"),
                Arrangement.inSource(
                        "versioned",
                        "",
                        "ok table-engine: versioned: is system-versioned; its current rows are loaded",
                        "CREATE TABLE versioned (Id int NOT NULL PRIMARY KEY) WITH SYSTEM VERSIONING"));
        return Products.MARIADB.underTest() ? Stream.concat(everywhere, ofMariaDb) : everywhere;
    }

    private static String wide(String table, String type, int columns) {
        return Stream.iterate(1, n -> n < columns, n -> n + 1)
                .map(n -> "c" + n + " " + type)
                .collect(Collectors.joining(
                        ", ", "CREATE TABLE " + table + " (Id " + type + " NOT NULL PRIMARY KEY, ", ") ENGINE=MyISAM"));
    }

    @BeforeAll
    void arrange() {
        List<Arrangement> all = tables().toList();
        all.forEach(one -> fixture.source().execute(one.source.toArray(String[]::new)));
        Database target = fixture.target();
        target.execute(
                "CREATE ROLE " + ROLE + " LOGIN",
                "CREATE SCHEMA raw AUTHORIZATION " + ROLE,
                "CREATE EXTENSION citext SCHEMA public",
                "CREATE COLLATION raw.folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                NOOP);
        all.forEach(one -> target.execute(one.target.toArray(String[]::new)));
        target.rows("SELECT format('ALTER TABLE raw.%I OWNER TO " + ROLE
                        + "', relname) FROM pg_class WHERE relnamespace"
                        + " = 'raw'::regnamespace AND relkind IN ('r', 'p', 'v') AND relname <> 'foreign_owner'")
                .forEach(target::execute);
        fixture.set("TARGET_USER", ROLE);
        list(all);
        ofTables = examine();
    }

    private void list(List<Arrangement> arrangements) {
        fixture.tables(arrangements.stream()
                .map(one -> one.table + ": {" + one.options + "}\n")
                .collect(Collectors.joining()));
    }

    @AfterAll
    void close() {
        fixture.close();
        fixture.target()
                .execute("REASSIGN OWNED BY " + ROLE + " TO postgres", "DROP OWNED BY " + ROLE, "DROP ROLE " + ROLE);
    }

    private List<Finding> examine() {
        Settings settings = fixture.configuration().settings();
        Catalog catalog = CatalogReader.read(settings.files().tables());
        try (Databases databases = Databases.unchecked(settings)) {
            return new Checkup(settings, Path.of("no-such-file"), Map.of())
                    .examine(catalog, List.copyOf(catalog.tables().keySet()), databases);
        }
    }

    private static List<String> lines(Stream<Finding> findings) {
        return findings.map(FindingsText::line).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void whatStopsOrChangesTheLoadsOfATableIsFound(Arrangement arrangement) {
        List<String> found = lines(ofTables.stream()
                .filter(finding -> finding.table().equals(Optional.of(arrangement.table)))
                .sorted(Comparator.comparing(finding -> finding.check().id())));

        assertThat(found).hasSameSizeAs(arrangement.lines);
        assertThat(arrangement.lines).allSatisfy(line -> assertThat(found)
                .anySatisfy(one -> assertThat(one).startsWith(line)));
    }

    @Test
    void everyCheckSaysSomething() {
        assertThat(ofTables.stream().map(Finding::check)).contains(Check.values());
        assertThat(ofTables)
                .allSatisfy(finding -> assertThat(finding.message()).doesNotContain("could not be checked", "\n"));
    }

    @Test
    void viewsAreCountedAndAreNoWarning() {
        assertThat(lines(ofTables.stream())).anySatisfy(line -> assertThat(line)
                .startsWith("ok table-dependents: 2 views use columns of 2 tables"));
    }

    /** Of a whole server or database, for the time of one examination. */
    private record Setting(String name, boolean ofSource, String change, String undo, String line) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        return Stream.of(
                ofRole(
                        "default_transaction_read_only",
                        "on",
                        "fault target-writable: default_transaction_read_only is on"),
                ofRole(
                        "statement_timeout",
                        "'150ms'",
                        "ok target-timeouts: role, database or server set statement_timeout = 150 ms; the loader's"
                                + " sessions override it"),
                ofRole(
                        "lock_timeout",
                        "'1s'",
                        "ok target-timeouts: role, database or server set lock_timeout = 1000 ms"),
                ofRole(
                        "idle_in_transaction_session_timeout",
                        "'50ms'",
                        "ok target-timeouts: role, database or server set idle_in_transaction_session_timeout = 50 ms"),
                ofRole(
                        "default_transaction_isolation",
                        "serializable",
                        "ok target-isolation: the default is serializable; the loader's sessions use read committed"),
                new Setting(
                        "search_path",
                        false,
                        // The loader's own set-up has set one for the role in this database.
                        inDatabase("SET search_path = sales"),
                        inDatabase("RESET search_path"),
                        "ok target-search-path: the role's search path is sales"),
                new Setting(
                        "connection limit",
                        false,
                        "ALTER ROLE examined CONNECTION LIMIT 5",
                        "ALTER ROLE examined CONNECTION LIMIT -1",
                        "fault target-connections: CONNECTION LIMIT of the role is 5, and the loader uses up to 10"),
                new Setting(
                        "event trigger",
                        false,
                        "CREATE FUNCTION public.noted() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;"
                                + " CREATE EVENT TRIGGER notes ON ddl_command_end EXECUTE FUNCTION public.noted()",
                        "DROP EVENT TRIGGER notes; DROP FUNCTION public.noted()",
                        "warning target-event-triggers: the event trigger notes (ddl_command_end) runs"),
                new Setting(
                        "CREATE on schema",
                        false,
                        "REVOKE CREATE ON SCHEMA raw FROM examined",
                        "GRANT CREATE ON SCHEMA raw TO examined",
                        "fault target-schema: the role has no right CREATE on schema raw; run: GRANT CREATE ON SCHEMA"
                                + " \"raw\" TO \"examined\""),
                new Setting(
                        "USAGE on schema",
                        false,
                        "REVOKE USAGE ON SCHEMA raw FROM examined",
                        "GRANT USAGE ON SCHEMA raw TO examined",
                        "fault target-schema: the role has no right USAGE on schema raw"),
                global(
                        "sql_select_limit",
                        "100",
                        "ok source-limits: the server sets sql_select_limit = 100; the loader's sessions override it"),
                global(
                        "wait_timeout",
                        "5",
                        "warning source-limits: the server closes connections that are idle for 5 s (wait_timeout)"),
                global("max_allowed_packet", "1048576", "ok source-packet: max_allowed_packet is 1 MB"),
                new Setting(
                        "isolation",
                        true,
                        "SET GLOBAL TRANSACTION ISOLATION LEVEL READ UNCOMMITTED",
                        "SET GLOBAL TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                        "ok source-isolation: the default is READ-UNCOMMITTED; the loader's sessions use READ-COMMITTED"));
    }

    private static String inDatabase(String change) {
        return "DO $$ BEGIN EXECUTE format('ALTER ROLE examined IN DATABASE %I " + change
                + "', current_database()); END $$";
    }

    private static Setting ofRole(String name, String value, String line) {
        return new Setting(
                name,
                false,
                "ALTER ROLE examined SET " + name + " = " + value,
                "ALTER ROLE examined RESET " + name,
                line);
    }

    private static Setting global(String name, String value, String line) {
        return new Setting(name, true, "SET GLOBAL " + name + " = " + value, "SET GLOBAL " + name + " = DEFAULT", line);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void whatServerAndRoleSetIsFound(Setting setting) {
        Database database = setting.ofSource ? fixture.source() : fixture.target();
        database.execute(setting.change);
        try {
            assertThat(lines(examine().stream()))
                    .anySatisfy(line -> assertThat(line).startsWith(setting.line));
        } finally {
            database.execute(setting.undo);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SQL_ASCII", "LATIN1", "WIN1252"})
    void anEncodingThatIsNotUtf8IsAWarning(String encoding) {
        String name = "examined_" + encoding.toLowerCase(Locale.ROOT);
        fixture.target()
                .execute("CREATE DATABASE " + name + " TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'");
        String before = fixture.environment().get("TARGET_URL");
        fixture.set("TARGET_URL", TestServers.postgres().jdbcUrl(name));
        try {
            assertThat(lines(examine().stream()))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("warning target-encoding: the encoding of the database is " + encoding))
                    // The database has no schema, and the role may not create one.
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("fault target-schema: the role has no right CREATE on the database, to create"
                                    + " schema raw; run: GRANT CREATE ON DATABASE \"" + name + "\" TO \"examined\""));
        } finally {
            fixture.set("TARGET_URL", before);
        }
    }

    @Test
    void missingRightsOfTheSourcesUserAreNamed() {
        fixture.source()
                .execute(
                        "CREATE TABLE hidden (Id int NOT NULL PRIMARY KEY)",
                        "CREATE TABLE partly (Id int NOT NULL PRIMARY KEY, Secret int)");
        String database = fixture.source().value("SELECT DATABASE()");
        fixture.asUserWithoutRights("narrow")
                .tables("plain: {}\nhidden: {}\npartly: {}\n")
                .source()
                .execute(
                        "GRANT SELECT ON " + database + ".plain TO narrow@'127.0.0.1'",
                        "GRANT SELECT (Id) ON " + database + ".partly TO narrow@'127.0.0.1'",
                        "ALTER USER narrow@'127.0.0.1' WITH MAX_USER_CONNECTIONS 4");
        try {
            assertThat(lines(examine().stream()
                            .filter(finding -> finding.level() != Level.OK)
                            .filter(finding -> !finding.check().id().startsWith("target-"))))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("warning source-open-work: ")
                                    .contains("GRANT PROCESS ON *.*"),
                            line -> assertThat(line)
                                    .startsWith("fault source-connections: max_user_connections is 4, and the loader"
                                            + " uses up to 7 connections"),
                            line -> assertThat(line)
                                    .startsWith("fault table-select: hidden: the user has no right SELECT on it, if it"
                                            + " exists; run: GRANT SELECT ON `" + database + "`.`hidden` TO 'narrow'"),
                            line -> assertThat(line)
                                    .startsWith(
                                            "fault table-select: partly: the user has no right SELECT on the columns"
                                                    + " behind Id"));
        } finally {
            fixture.set("SOURCE_USER", SourceServer.READER);
            list(tables().toList());
        }
    }

    @OnlyOn(value = Products.MARIADB, because = "MySQL 8 lists a damaged table like any other")
    @Test
    void aTableThatTheServerCannotOpenIsDamaged() throws IOException {
        fixture.source()
                .execute("CREATE TABLE damaged (Id int NOT NULL PRIMARY KEY) ENGINE=MyISAM", "FLUSH TABLES damaged");
        Path index = Path.of(fixture.source().value("SELECT @@datadir"))
                .resolve(fixture.source().value("SELECT DATABASE()"))
                .resolve("damaged.MYI");
        Files.write(index, new byte[0]);
        fixture.tables("damaged: {}\n");
        try {
            assertThat(lines(examine().stream())).anySatisfy(line -> assertThat(line)
                    .startsWith("fault table-engine: damaged: the server cannot open it: it is damaged")
                    .endsWith("; run: CHECK TABLE `damaged`"));
        } finally {
            fixture.source().execute("DROP TABLE damaged");
            list(tables().toList());
        }
    }

    /** The command itself: text, exit code, and what it can still examine when a database is not available. */
    @Test
    void theCommandExaminesWhatAnswers() {
        JarRun both = JarRun.of(fixture.environment(), "doctor", "--quiet", "plain", "ruled");

        assertThat(both.exitCode()).as(both.err()).isEqualTo(ExitCode.FAILED);
        assertThat(both.out())
                .contains("Tables\n  fault  table-rules  ruled: has the rule also")
                .doesNotContain("plain:", "source-version")
                .containsPattern("\\n\\d+ ok, 0 warnings, 1 fault\\n$");

        fixture.set("TARGET_URL", "jdbc:postgresql://127.0.0.1:1/nowhere");
        JarRun one = JarRun.of(fixture.environment(), "doctor", "--format", "json", "plain");
        fixture.set("TARGET_URL", fixture.target().url());

        assertThat(one.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(one.out())
                .contains("\"check\" : \"target-connection\"", "\"check\" : \"source-version\"")
                .doesNotContain("\"check\" : \"target-version\"", "\"check\" : \"table-rules\"");
    }

    /** The end of init, and the start of run. */
    @Test
    void initPrintsWhatItFinds() {
        fixture.tables("ruled: {}\nplain: {}\n");
        try {
            JarRun init = JarRun.of(fixture.environment(), "init");

            assertThat(init.exitCode()).as(init.err()).isEqualTo(ExitCode.DONE);
            assertThat(init.out().lines())
                    .anySatisfy(line -> assertThat(line).startsWith("fault table-rules: ruled: has the rule also"))
                    .noneSatisfy(line -> assertThat(line).startsWith("ok "));
        } finally {
            list(tables().toList());
        }
    }

    /** A run logs the faults, and none of the rest. */
    @Test
    void runLogsTheFaults() {
        fixture.tables("ruled: {}\nlate: {}\n");
        Logger logger = (Logger) LoggerFactory.getLogger(Checkup.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (Session session = Session.open(fixture.configuration())) {
            new Checkup(session.settings(), Path.of("no-such-file"), Map.of()).logFaults(session);

            assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                    .startsWith("fault table-rules: ruled: has the rule also"));
        } finally {
            logger.detachAppender(log);
            list(tables().toList());
        }
    }
}
