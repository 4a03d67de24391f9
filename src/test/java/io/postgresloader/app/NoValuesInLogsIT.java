package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are patient data: whatever goes wrong, no value of a row is shown anywhere but its key in a dead letter. */
class NoValuesInLogsIT {
    /** Pieces of the planted values, none of which occurs otherwise. */
    private static final List<String> PLANTED = List.of(
            "SECRET-PATIENT", "secret-patient", "1987-00-13", "1987-0", "8675309", "5345435245542d50415449454e54");

    private static final String SECRET = "'SECRET-PATIENT-Müller'";

    /** A table with bad rows of one kind: its name, the type of V in the source, the poison, the type in the target. */
    private record Poison(String table, String type, String value, String targetType) {}

    private static final List<Poison> POISONS = List.of(
            new Poison("nul", "varchar(60)", "CONCAT(" + SECRET + ", CHAR(0))", "text"),
            new Poison("month_zero", "date", "'1987-00-13'", "date"),
            new Poison("too_long", "varchar(60)", SECRET, "varchar(5)"),
            new Poison("not_a_number", "varchar(60)", SECRET, "int"),
            new Poison("not_a_date", "varchar(60)", SECRET, "timestamp"),
            new Poison("checked", "varchar(60)", SECRET, "text CONSTRAINT short CHECK (length(\"V\") < 5)"),
            new Poison("referring", "varchar(60)", SECRET, "text REFERENCES raw.parent (name)"),
            new Poison("out_of_range", "int", "8675309", "smallint"),
            new Poison("twice", "int", "8675309", "int UNIQUE"),
            new Poison("bytes", "varbinary(60)", SECRET, "bytea CHECK (\"V\" IS NULL)"),
            new Poison("raising", "varchar(60)", SECRET, "text"),
            new Poison("raising_transient", "varchar(60)", SECRET, "text"),
            new Poison("changed_in_source", "varchar(60)", SECRET, "text"));

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void plant() {
        fixture.set("LOADER_RETRIES", "1").set("LOADER_PAGE_ROWS", "8").set("LOADER_BATCH_ROWS", "3");
        fixture.tables(POISONS.stream().map(p -> p.table + ":\n").collect(Collectors.joining()));
        List<String> target =
                new ArrayList<>(List.of("CREATE SCHEMA raw", "CREATE TABLE raw.parent (name text PRIMARY KEY)"));
        for (Poison poison : POISONS) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + poison.table + " (Id int NOT NULL PRIMARY KEY, V " + poison.type
                                    + ") ENGINE=MyISAM",
                            "INSERT INTO " + poison.table + " SELECT seq, IF(seq IN (5, 6, 20), " + poison.value
                                    + ", NULL) FROM seq_1_to_30");
            target.add(
                    "CREATE TABLE raw." + poison.table + " (\"Id\" int PRIMARY KEY, \"V\" " + poison.targetType + ")");
        }
        // A later row of the target makes every write go by the stage, and its error messages quote more.
        target.add("INSERT INTO raw.checked VALUES (1000, NULL)");
        target.add("INSERT INTO raw.referring VALUES (1000, NULL)");
        target.add(raise("raising", "XX000"));
        target.add(raise("raising_transient", "57014"));
        target.add("ALTER TABLE raw.changed_in_source ADD CONSTRAINT odd EXCLUDE (\"V\" WITH =)");
        fixture.target().execute(target.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void noneIsPrintedByTheProgramAtItsMostTalkative() throws IOException {
        List<String> talkative = List.of("-Dlogback.configurationFile=" + withOurPackagesAtDebug());

        JarRun first = JarRun.of(fixture.environment(), talkative, "once");
        JarRun again = JarRun.of(fixture.environment(), talkative, "once", "--full");
        JarRun replay = JarRun.of(fixture.environment(), talkative, "replay");
        JarRun status = JarRun.of(fixture.environment(), talkative, "status");

        for (JarRun run : List.of(first, again, replay, status)) {
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
            assertThat(run.out()).contains("too_long").doesNotContain(PLANTED);
            assertThat(run.err()).doesNotContain(PLANTED).doesNotContain("\tat ");
        }
        assertThat(again.err()).contains("dead-lettered");
        assertTrackingTablesAreClean();
    }

    @Test
    void noneIsInTheTrackingTablesOrInJmx() throws JMException {
        for (Poison poison : POISONS) {
            fixture.load(poison.table);
            fixture.load(poison.table, LoadRequest.Kind.FULL);
            fixture.load(poison.table, LoadRequest.Kind.REPLAY);
        }

        assertTrackingTablesAreClean();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> beans = new HashSet<>(server.queryNames(new ObjectName("org.apache.camel:*"), null));
        assertThat(beans).hasSizeGreaterThan(20);
        beans.addAll(server.queryNames(new ObjectName("metrics:*"), null));
        StringBuilder shown = new StringBuilder();
        for (ObjectName bean : beans) {
            shown.append(bean).append(attributes(server, bean)).append('\n');
        }
        assertThat(shown).contains("load-chunk", "too_long").doesNotContain(PLANTED);
    }

    private void assertTrackingTablesAreClean() {
        List<String> entries = fixture.target().rows("SELECT * FROM raw.etl_dead_letter ORDER BY table_name, id");
        List<String> tables = fixture.target().rows("SELECT DISTINCT table_name FROM raw.etl_dead_letter ORDER BY 1");
        assertThat(tables)
                .containsExactlyInAnyOrderElementsOf(POISONS.stream()
                        .map(Poison::table)
                        .filter(table -> !table.equals("raising_transient"))
                        .toList());
        assertThat(String.join("\n", entries)).doesNotContain(PLANTED);
        for (String table : List.of("etl_load_status", "etl_table_metrics")) {
            assertThat(String.join("\n", fixture.target().rows("SELECT * FROM raw." + table)))
                    .isNotEmpty()
                    .doesNotContain(PLANTED);
        }
    }

    private static List<String> attributes(MBeanServer server, ObjectName bean) throws JMException {
        List<String> values = new ArrayList<>();
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
            if (attribute.isReadable()) {
                values.add(attribute.getName() + "=" + value(server, bean, attribute.getName()));
            }
        }
        return values;
    }

    /** A failing attribute is shown by its exception, which a console would show as well. */
    private static Object value(MBeanServer server, ObjectName bean, String attribute) {
        try {
            return server.getAttribute(bean, attribute);
        } catch (JMException | RuntimeException e) {
            return e + " caused by " + e.getCause();
        }
    }

    /** A trigger whose message quotes the row, as messages of real servers do. */
    private static String raise(String table, String sqlState) {
        return "CREATE FUNCTION raw." + table
                + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.\"V\" IS NOT NULL"
                + " THEN RAISE EXCEPTION 'bad %', NEW.\"V\" USING ERRCODE = '" + sqlState + "', DETAIL = NEW.\"V\","
                + " HINT = NEW.\"V\"; END IF; RETURN NEW; END $$; CREATE TRIGGER t BEFORE INSERT ON raw." + table
                + " FOR EACH ROW EXECUTE FUNCTION raw." + table + "()";
    }

    private static Path withOurPackagesAtDebug() throws IOException {
        String shipped = Files.readString(Path.of("src", "main", "resources", "logback.xml"));
        String ours = "  <logger name=\"io.postgresloader\" level=\"DEBUG\"/>\n</configuration>";
        return Files.writeString(Path.of("target", "talkative.xml"), shipped.replace("</configuration>", ours));
    }
}
