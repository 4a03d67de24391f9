package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.postgresloader.app.CanaryTable.Outcome;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Canary;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.JmxText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values of every type become dead letters in every way; none may be in anything that the loader shows. */
class ValuesNowhereIT {
    private static final List<CanaryTable> TABLES = CanaryTables.all();

    /** After the first loads. */
    private static final List<String> COMMANDS = List.of("once", "once --full", "replay", "plan", "status");

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void plant() {
        fixture.set("LOADER_RETRIES", "1").set("LOADER_PAGE_ROWS", "8").set("LOADER_BATCH_ROWS", "3");
        fixture.tables(TABLES.stream().map(CanaryTable::yaml).collect(Collectors.joining()));
        fixture.source().execute(statements(CanaryTable::inSource));
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.parent (name text PRIMARY KEY)",
                        "CREATE TYPE raw.mood AS ENUM ('ok')",
                        "CREATE DOMAIN raw.short_text AS text CHECK (length(VALUE) < 5)");
        fixture.target().execute(statements(CanaryTable::inTarget));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void noValueIsPrintedOrStored() throws Exception {
        List<String> talkative = logging("as-shipped.xml", LogConfiguration.LEVELS);

        assertSaysNothing(JarRun.of(fixture.environment(), talkative, "plan").out());
        String first = logOfFirstLoads(talkative);
        assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(expectedOutcomes());
        assertThat(first).contains("3 dead-lettered");
        assertSaysNothing(first);
        for (String command : COMMANDS) {
            JarRun run = JarRun.of(fixture.environment(), talkative, command.split(" "));

            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.out()).contains("into_varchar");
            assertSaysNothing(run.out());
            assertSaysNothing(run.err());
        }

        assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(expectedOutcomes());
        assertTrackingTablesAreClean();
    }

    /** A user may run the program with another log configuration, which turns no logger off. */
    @Tag(Extent.SLOW)
    @Test
    void noValueIsPrintedWithoutTheShippedLogLevels() throws IOException {
        List<String> talkative = logging("all-at-info.xml", Map.of());

        JarRun run = JarRun.of(fixture.environment(), talkative, "once");

        assertThat(run.err()).contains("3 dead-lettered");
        assertSaysNothing(run.err());
    }

    @Tag(Extent.SLOW)
    @Test
    void noValueIsShownByAManagementBean() {
        for (LoadRequest.Kind kind : LoadRequest.Kind.values()) {
            TABLES.forEach(table -> fixture.load(table.name(), kind));
            List<String> shown = JmxText.attributes();

            assertThat(shown)
                    .anySatisfy(line -> assertThat(line).contains("load-chunk", "ExchangesTotal"))
                    .anySatisfy(line -> assertThat(line).contains("metrics:", "into_varchar"))
                    .anySatisfy(line -> assertThat(line).contains("java.lang:type=Runtime"));
            assertThat(sightings(String.join("\n", shown))).isEmpty();
        }
        assertTrackingTablesAreClean();
    }

    /** Each table is loaded once by the program as it runs for weeks. */
    private String logOfFirstLoads(List<String> jvm) throws Exception {
        Path log = Files.createTempFile(Path.of("target"), "canaries", ".log");
        Process run = JarRun.start(fixture.environment(), jvm, log, "run");
        try {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsMatching(AssertionError.class::isInstance)
                    .until(this::allLoaded);
        } finally {
            run.destroy();
            run.waitFor();
        }
        return Files.readString(log);
    }

    private boolean allLoaded() {
        return fixture.target()
                        .count("SELECT count(*) FROM raw.etl_load_status WHERE load_status IN ('success', 'failed')")
                == TABLES.size();
    }

    private static void assertSaysNothing(String output) {
        assertThat(sightings(output)).isEmpty();
        assertThat(output).doesNotContain("\tat ");
    }

    /** The labels of an enum are part of what the source declares, and that may be shown. */
    private static List<String> sightings(String shown) {
        return Canary.sightings(shown.replaceAll("(?i)(enum|set)\\('ok','canary\\d+'\\)", "$1"));
    }

    private void assertTrackingTablesAreClean() {
        List<String> tables = fixture.target()
                .rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'raw'"
                        + " AND table_name LIKE 'etl\\_%'");
        assertThat(tables).contains("etl_load_status", "etl_table_metrics", "etl_dead_letter");
        for (String table : tables) {
            List<String> rows = fixture.target().rows("SELECT t::text FROM raw." + table + " t");
            assertThat(sightings(String.join("\n", rows))).as(table).isEmpty();
        }
    }

    /** Each table, how its last load ended, and the keys of its open entries. */
    private List<String> outcomes() {
        return fixture.target()
                .rows("SELECT s.table_name, s.load_status, (SELECT string_agg(coalesce(key ->> 'Id', 'load'), ' '"
                        + " ORDER BY (key ->> 'Id')::int) FROM raw.etl_dead_letter d"
                        + " WHERE d.table_name = s.table_name AND d.state = 'open') FROM raw.etl_load_status s");
    }

    private static List<String> expectedOutcomes() {
        return TABLES.stream()
                .map(table -> table.name() + outcome(table.outcome()))
                .toList();
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case ROWS_REFUSED -> "|success|5 6 20";
            case LOAD_FAILED -> "|failed|load";
            case TRIED_AGAIN -> "|failed|∅";
            case ARRIVES -> "|success|∅";
        };
    }

    private static String[] statements(Function<CanaryTable, List<String>> of) {
        return TABLES.stream().map(of).flatMap(List::stream).toArray(String[]::new);
    }

    /**
     * Options of a virtual machine that logs all that our packages say.
     *
     * @param levels those of the other loggers
     */
    private static List<String> logging(String file, Map<String, Level> levels) throws IOException {
        String loggers = levels.entrySet().stream()
                .filter(logger -> !logger.getKey().equals(Logger.ROOT_LOGGER_NAME))
                .map(logger -> "  <logger name=\"%s\" level=\"%s\"/>\n".formatted(logger.getKey(), logger.getValue()))
                .collect(Collectors.joining());
        Path written = Files.writeString(
                Path.of("target", file),
                """
                <configuration>
                  <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
                    <target>System.err</target>
                    <encoder><pattern>%s</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="STDERR"/></root>
                %s  <logger name="io.postgresloader" level="DEBUG"/>
                </configuration>
                """
                        .formatted(LogConfiguration.PATTERN, loggers));
        return List.of("-Dlogback.configurationFile=" + written);
    }
}
