package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.Observed;
import io.postgresloader.testing.Prometheus;
import io.postgresloader.testing.ShippedRoutes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failures, as a real Prometheus sees them by the shipped rules and the queries of the shipped dashboards. */
class PrometheusIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Of an expression, the series that it reads: a name of a meter, with its labels. */
    private static final Pattern SERIES =
            Pattern.compile("\\b(?:etl|hikaricp|process|jvm)_[a-z_]+(?:\\{[^}]*})?|\\bup\\{[^}]*}");

    private final LoaderFixture fixture = new LoaderFixture();
    private final int management = LoaderMetrics.freePort();
    private Path routes;
    private Session session;
    private Loader loader;
    private Operation operation;
    private Prometheus prometheus;

    @BeforeEach
    void aWatchedLoader() throws Exception {
        assumeTrue(
                Prometheus.isInstalled(),
                "SKIPPED: this machine has no Prometheus, so that no alert is seen firing; apt-get install prometheus");
        routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "prometheus-");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        for (String table : Set.of("broken", "late", "changed", "emptied", "poisoned", "healthy")) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (id int PRIMARY KEY, v varchar(10)) ENGINE=MyISAM",
                            "INSERT INTO " + table + " SELECT seq, 'a' FROM seq_1_to_300");
        }
        fixture.tables(
                        "defaults: {schedule: 2s, skip_unchanged: false}\nbroken:\nlate:\nchanged: {load: append, reconcile: off}\n"
                                + "emptied: {load: append}\npoisoned:\nhealthy:\n")
                .set("ROUTES_DIR", routes.toString())
                .set("MANAGEMENT_PORT", String.valueOf(management))
                .set("LOADER_WORKERS", "4")
                .set("LOADER_RETRIES", "0");
        session = Session.open(fixture.configuration());
        loader = session.loader();
        loader.start();
        operation = Operation.start(session, loader);
        prometheus = Prometheus.start(management);
    }

    @AfterEach
    void close() throws Exception {
        if (prometheus != null) {
            prometheus.close();
            operation.close();
            loader.close();
            session.close();
        }
        fixture.close();
    }

    @Tag(Extent.SLOW)
    @Test
    void alertsFireWhileSomethingIsWrongAndNoLongerAndEveryQueryHasData() throws Exception {
        await().atMost(SOON).until(() -> prometheus.isReady());
        await().atMost(SOON)
                .until(() ->
                        fixture.target().count("SELECT count(*) FROM raw.etl_load_status WHERE load_status = 'success'")
                                == 6);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(values("etl_table_failed")).hasSize(6));
        awaitFiring(Set.of());

        Path broken = ShippedRoutes.file(routes, "remove-old");
        String route = Files.readString(broken);
        // What a process that hangs does: no other one may load the table.
        Connection hanging =
                fixture.target().begin("SELECT pg_advisory_lock(hashtextextended('postgres-loader:raw.late', 0))");
        try {
            fixture.source()
                    .execute(
                            "ALTER TABLE broken RENAME TO renamed",
                            "DELETE FROM emptied WHERE id < 290",
                            "DELETE FROM healthy WHERE id = 7");
            fixture.target()
                    .execute(
                            "UPDATE raw.changed SET v = 'b' WHERE id = 7",
                            "ALTER TABLE raw.poisoned ADD CHECK (v <> 'bad')",
                            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 2', current_database()); END $$");
            fixture.source()
                    .execute(
                            "UPDATE poisoned SET v = 'bad' WHERE id = 3",
                            "INSERT INTO changed SELECT 1 + MAX(id), 'new' FROM changed");
            Files.writeString(broken, "- route: [");
            operate("verify", "changed");
            loader.reconcile("emptied", "asked for");
            loader.reconcile("healthy", "asked for");

            awaitFiring(Set.of(
                    "PostgresLoaderDeadLetters poisoned",
                    "PostgresLoaderDeleteLimit emptied",
                    "PostgresLoaderDifferenceFound changed",
                    "PostgresLoaderReloadRejected",
                    "PostgresLoaderTableFailed broken",
                    "PostgresLoaderTableStale late",
                    "PostgresLoaderTargetConnections"));
            assertThat(prometheus.alerts()).allSatisfy(PrometheusIT::hasTexts);
            assertThat(without(alertSeries())).as("rules without data").isEmpty();
            // Some figures are read once in a while.
            await().atMost(SOON).untilAsserted(() -> assertThat(without(dashboardQueries("healthy")))
                    .as("queries without data")
                    .isEmpty());
        } finally {
            hanging.close();
        }

        fixture.source()
                .execute(
                        "ALTER TABLE renamed RENAME TO broken",
                        "INSERT INTO emptied SELECT seq, 'a' FROM seq_1_to_289",
                        "UPDATE poisoned SET v = 'good' WHERE id = 3");
        fixture.target()
                .execute(
                        "UPDATE raw.changed SET v = 'a' WHERE id = 7",
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT -1', current_database()); END $$");
        Files.writeString(broken, route);
        operate("verify", "changed");
        loader.load(new LoadRequest("broken", LoadRequest.Kind.DUE, true));
        loader.reconcile("emptied", "asked for");
        awaitFiring(Set.of());

        operation.close();
        awaitFiring(Set.of("PostgresLoaderAway"));
    }

    private void awaitFiring(Set<String> expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(prometheus.firing()).isEqualTo(expected));
    }

    private static void hasTexts(JsonNode alert) {
        JsonNode texts = alert.path("annotations");
        assertThat(texts.size()).isEqualTo(4);
        assertThat(texts)
                .allSatisfy(
                        text -> assertThat(text.asText()).isNotBlank().doesNotContain("{{", "<no value>", "<error"));
        assertThat(texts.path("runbook_url").asText()).startsWith("https://");
        String table = alert.at("/labels/table").asText();
        assertThat(texts.path("summary").asText()).contains(table);
    }

    private static Set<String> alertSeries() {
        Set<String> series = new LinkedHashSet<>();
        Observed.alerts().forEach(alert -> {
            Set<String> found = new TreeSet<>();
            SERIES.matcher(alert.expression()).results().forEach(match -> found.add(match.group()));
            assertThat(found).as(alert.name()).isNotEmpty();
            series.addAll(found);
        });
        return series;
    }

    /** @param table what the reader has chosen in the dashboard of a table */
    private static Set<String> dashboardQueries(String table) {
        Map<String, String> variables =
                Map.of("$__rate_interval", "20s", "$instance", ".*", "$table", table, "$datasource", "");
        Set<String> queries = new LinkedHashSet<>();
        for (JsonNode dashboard : Observed.dashboards().values()) {
            for (JsonNode expression : dashboard.findValues("expr")) {
                String query = expression.asText();
                for (Map.Entry<String, String> variable : variables.entrySet()) {
                    query = query.replace(variable.getKey(), variable.getValue());
                }
                assertThat(query).doesNotContain("$");
                queries.add(query);
            }
        }
        return queries;
    }

    /** Those of the queries that have no number. */
    private Set<String> without(Set<String> queries) throws Exception {
        Set<String> without = new LinkedHashSet<>();
        for (String query : queries) {
            if (values(query).stream().allMatch(value -> value.equals("NaN"))) {
                without.add(query);
            }
        }
        return without;
    }

    private List<String> values(String query) throws Exception {
        return Stream.of(prometheus.query(query))
                .flatMap(result -> StreamSupport.stream(result.spliterator(), false))
                .map(sample -> sample.at("/value/1").asText())
                .toList();
    }

    /** As an operator does, by JMX. */
    private static void operate(String operation, String table) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("io.postgresloader:type=Loader"), operation, new Object[] {table}, new String[] {
                    String.class.getName()
                });
    }
}
