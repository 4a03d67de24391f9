package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.postgresloader.camel.operate.LoaderNow;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.monitor.DocumentJson;
import io.postgresloader.monitor.StatusDocuments;
import io.postgresloader.monitor.StatusWatch;
import io.postgresloader.monitor.TableHealthMonitor;
import io.postgresloader.source.SourceStates;
import io.postgresloader.testing.Canary;
import io.postgresloader.testing.Extent;
import io.postgresloader.tracking.StatusReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The status over HTTP, of tables in every state. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusHttpIT {
    private static final String STATUS = "/observe/status";
    private static final String MARKUP = "<img src=x onerror=alert(1)>&amp;\"'";

    private static final LoaderFixture FIXTURE = new LoaderFixture();
    private static final OperatedLoader LOADER = new OperatedLoader(FIXTURE);

    @BeforeAll
    static void tablesInEveryState() throws Exception {
        for (String table : List.of("good", "paused", "stale", "braked", "slow", "letters", MARKUP)) {
            FIXTURE.source()
                    .execute(
                            "CREATE TABLE `" + table + "` (id bigint PRIMARY KEY, n bigint, t varchar(99))",
                            "INSERT INTO `" + table + "` VALUES (1, 1, '" + Canary.TEXT + "'), (2, 2, ''), (3, 3, '')");
        }
        FIXTURE.source()
                .execute(
                        "INSERT INTO braked SELECT seq + 10, seq, '' FROM seq_1_to_200",
                        "CREATE TABLE failed (id bigint) ENGINE=MyISAM",
                        "INSERT INTO letters VALUES (" + Canary.NUMBER + ", " + Canary.NUMBER + ", '')");
        FIXTURE.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.letters (id bigint PRIMARY KEY, n smallint, t varchar(99))");
        FIXTURE.tables(
                        "good: {schedule: 1h}\npaused: {schedule: 1h}\nstale: {schedule: 1s}\nbraked: {schedule: 1h, max_delete_fraction: 0.01}\n"
                                + "slow: {schedule: 1h}\nletters: {schedule: 1h}\nfailed: {schedule: 1h, load: incremental}\n"
                                + "'" + MARKUP.replace("'", "''") + "': {schedule: 1h}\n")
                .set("LOADER_WORKERS", "4");
        LOADER.start();
        for (String table : List.of("good", "paused", "stale", "braked", "slow", "letters")) {
            LOADER.awaitState(table, "success");
        }
        LOADER.awaitState("failed", "failed");
        LOADER.loader().paused().pause("paused");
        LOADER.loader().context().getRouteController().stopRoute("timer-stale");
        FIXTURE.source().execute("DELETE FROM braked WHERE id > 1");
        LOADER.loader().reconcile("braked", "asked for");
    }

    @AfterAll
    static void close() throws Exception {
        LOADER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good|success|none|The table is loaded, and needs nothing.",
                "failed|failed|failed|The last load failed.",
                "paused|paused|paused|The operator paused the table at ",
                "stale|success|overdue|No load has succeeded for three periods",
                "braked|success|differs|The last comparison stopped at the delete limit",
                "letters|success|dead letters|1 dead letter is open."
            })
    void eachStateIsShown(String table, String state, String concern, String whatToDo) {
        await().atMost(OperatedLoader.SOON).untilAsserted(() -> {
            JsonNode row = row(LOADER.json(STATUS), table);
            assertThat(row.path("state").asText()).isEqualTo(state);
            assertThat(row.path("concern").asText()).isEqualTo(concern);
            assertThat(row.path("what_to_do").asText()).startsWith(whatToDo);
        });
    }

    @Test
    void theDocumentSaysWhatIsLoadedAndWhatNeedsAttention() throws Exception {
        await().atMost(OperatedLoader.SOON).untilAsserted(() -> {
            JsonNode all = LOADER.json(STATUS);
            assertThat(all.at("/concerns/overdue").asInt()).isEqualTo(1);
            assertThat(row(all, "good").path("last_day").toString()).startsWith("{\"inserted_rows\":3");
        });
        JsonNode all = LOADER.json(STATUS);

        assertThat(all.path("summary").asText())
                .startsWith("4 of 8 tables need attention, 1 is paused. The other 3 are loaded ")
                .endsWith(". No loader runs.");
        assertThat(all.at("/tables/0/table").asText()).isEqualTo("failed");
        assertThat(all.at("/sources/0/answers").asBoolean()).isTrue();
        assertThat(all.at("/states/failed").asInt()).isEqualTo(1);
        assertThat(all.at("/this_loader/workers").asInt()).isEqualTo(4);
        assertThat(all.at("/dead_letter_reasons").toString()).contains("\"open\":1");
        assertThat(row(all, "good").path("recent_runs").size()).isEqualTo(1);
        assertThat(Instant.parse(row(all, "good").path("complete_up_to").asText()))
                .isBefore(Instant.now());
        assertThat(row(all, MARKUP).path("state").asText()).isEqualTo("success");
    }

    @Test
    void aRunningLoadIsShownWithItsRows() throws Exception {
        FIXTURE.source().execute("INSERT INTO slow VALUES (4, 4, '" + Canary.TEXT + "')");
        try (Connection blocker = FIXTURE.target().connect();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("LOCK TABLE raw.slow IN ACCESS EXCLUSIVE MODE");
            LOADER.loader().template().sendBody("direct:request-load", LoadRequest.dueNow("slow"));

            await().atMost(OperatedLoader.SOON).untilAsserted(() -> {
                JsonNode all = LOADER.json(STATUS);
                assertThat(row(all, "slow").path("state").asText()).isEqualTo("running");
                assertThat(row(all, "slow").path("what_to_do").asText()).isEqualTo("A load runs.");
                assertThat(all.at("/this_loader/running/0/table").asText()).isEqualTo("slow");
                assertThat(all.at("/this_loader/running/0/kind").asText()).isEqualTo("load");
            });
            assertThat(LOADER.json(STATUS + "/tables/slow").at("/running/table").asText())
                    .isEqualTo("slow");
        }
        LOADER.awaitState("slow", "success");
    }

    @Test
    void oneTableHasItsRunsDeadLettersProofsAndColumns() throws Exception {
        JsonNode letters = LOADER.json(STATUS + "/tables/letters");
        assertThat(letters.at("/table/concern").asText()).isEqualTo("dead letters");
        assertThat(letters.at("/runs/0/read_rows").asInt()).isEqualTo(4);
        assertThat(letters.at("/runs/0/dead_lettered_rows").asInt()).isEqualTo(1);
        assertThat(letters.at("/dead_letters/0/sqlstate").asText()).isEqualTo("22003");
        assertThat(letters.at("/dead_letters/0/keys").isEmpty()).isTrue();
        assertThat(letters.at("/schema_versions/0/number").asInt()).isEqualTo(1);
        assertThat(Instant.parse(letters.at("/horizon").asText())).isBefore(Instant.now());

        JsonNode braked = LOADER.json(STATUS + "/tables/braked");
        assertThat(braked.at("/proofs/0/result").asText()).isEqualTo("different");
        assertThat(braked.at("/proofs/0/extra_rows").asInt()).isEqualTo(202);

        String encoded = URLEncoder.encode(MARKUP, StandardCharsets.UTF_8).replace("+", "%20");
        HttpResponse<String> markup = LOADER.get(STATUS + "/tables/" + encoded);
        assertThat(markup.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(markup.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(markup.body()).contains("<img src=x onerror=alert(1)>&amp;\\\"'");
        assertThat(LOADER.get(STATUS + "/tables/nosuch").statusCode()).isEqualTo(404);
    }

    @Test
    void keysAreShownOnlyWhereASettingAllowsIt() {
        StatusWatch watch = watch(LOADER.session().databases().warehouse(), true);
        String shown = DocumentJson.pretty(
                watch.table(watch.all().orElseThrow(), "letters").orElseThrow());
        assertThat(shown).contains("\"id\" : \"" + Canary.NUMBER + "\"");
    }

    @Test
    void noValueOfARowIsInAnyAnswer() throws Exception {
        List<String> bodies = new ArrayList<>(List.of(LOADER.get(STATUS).body()));
        for (String table : List.of("good", "letters", "failed", "braked", "slow")) {
            bodies.add(LOADER.get(STATUS + "/tables/" + table).body());
        }
        assertThat(bodies).allSatisfy(body -> assertThat(Canary.sightings(body)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=failed|200|failed",
                "concern=any&sort=table|200|braked failed letters stale",
                "search=GOO|200|good",
                "sort=table&page=2&size=3|200|good letters paused",
                "sort=-table&size=1&search=a|200|stale",
                "page=9|200|",
                "state=fine|400|state: found 'fine'; expected one of pending, running, interrupted,",
                "sort=size|400|sort: found 'size'; expected one of worst, table, state,",
                "page=0|400|page: found '0'; expected a number from 1 to 1000000",
                "size=1001|400|size: found '1001'; expected a number from 1 to 1000",
                "size=x|400|size: found 'x'; expected a number from 1 to 1000",
                "pages=1|400|unknown parameter 'pages'; allowed: concern, page, search, size, sort, state"
            })
    void aQuerySelectsTables(String query, int status, String expected) throws Exception {
        await().atMost(OperatedLoader.SOON)
                .until(() -> LOADER.json(STATUS).at("/concerns/overdue").asInt() == 1);
        HttpResponse<String> answer = LOADER.get(STATUS + "?" + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(String.join(
                            " ",
                            LOADER.json(STATUS + "?" + query).path("tables").findValuesAsText("table")))
                    .isEqualTo(expected == null ? "" : expected);
        } else {
            assertThat(answer.body()).contains(expected);
        }
    }

    @Test
    void aClientThatHasTheContentGetsNone() throws Exception {
        String path = STATUS + "/tables/paused";
        HttpResponse<String> first = LOADER.get(path);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = LOADER.get(path, "If-None-Match", "\"other\", " + etag);

        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(etag);
        for (String name : List.of("Cache-Control", "Vary", "ETag")) {
            assertThat(again.headers().firstValue(name))
                    .as(name)
                    .isEqualTo(first.headers().firstValue(name));
        }
        // Another content has another tag, also if it is another page of the same document.
        for (String other : List.of(STATUS, STATUS + "?size=1", STATUS + "?sort=table", STATUS + "/tables/good")) {
            assertThat(LOADER.get(other, "If-None-Match", etag).statusCode())
                    .as(other)
                    .isEqualTo(200);
        }
        assertThat(LOADER.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(LOADER.get(STATUS, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .contains("gzip");
    }

    @Test
    void manyClientsCostOneReadingAndNobodyCostsNone() throws Exception {
        AtomicInteger statements = new AtomicInteger();
        StatusWatch watch = watch(counting(statements), false);
        watch.all();
        // The days and figures of the first reading may come late.
        await().atMost(OperatedLoader.SOON).until(() -> watch.all()
                .filter(all -> all.tables().get(0).lastDay().isPresent())
                .isPresent());
        Thread.sleep(2_100);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread ->
                        thread.getName().equals("latest-value") && thread.getState() == Thread.State.RUNNABLE);
        int before = statements.get();
        IntStream.range(0, 200).parallel().forEach(client -> watch.all());
        int forAll = statements.get() - before;
        assertThat(forAll).isBetween(4, 5);

        FIXTURE.target()
                .execute("INSERT INTO raw.etl_load_status (table_name, load_status)"
                        + " SELECT 'former' || n, 'success' FROM generate_series(1, 300) n");
        try {
            Thread.sleep(2_100);
            assertThat(statements.get() - before).isEqualTo(forAll);
            assertThat(watch.all().orElseThrow().tables().size()).isGreaterThan(300);
            assertThat(statements.get() - before).isEqualTo(2 * forAll);
        } finally {
            FIXTURE.target().execute("DELETE FROM raw.etl_load_status WHERE table_name LIKE 'former%'");
        }
    }

    /** A client that asks rarely finds nothing known, and must not read that as silence. */
    @Test
    void aSourceThatIsOnlySlowIsNotCalledSilent() throws Exception {
        StatusWatch watch = watch(LOADER.session().databases().warehouse(), answeringAfter(1_200));
        assertThat(json(watch).at("/sources/0/answers")).isNotEqualTo(BooleanNode.FALSE);

        Thread.sleep(1_000);
        JsonNode next = json(watch);
        assertThat(next.at("/sources/0/answers")).isEqualTo(BooleanNode.TRUE);
        assertThat(row(next, "good").path("lag_seconds").isNumber()).isTrue();
    }

    @Test
    void aSilentSourceIsCalledSilentUntilItAnswers() {
        CountDownLatch silence = new CountDownLatch(1);
        StatusWatch watch = watch(LOADER.session().databases().warehouse(), source(() -> {
            try {
                silence.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        assertThat(json(watch).at("/sources/0/answers").isNull()).isTrue();
        await().atMost(OperatedLoader.SOON)
                .until(() -> json(watch).at("/sources/0/answers").equals(BooleanNode.FALSE));

        silence.countDown();
        await().atMost(OperatedLoader.SOON)
                .until(() -> json(watch).at("/sources/0/answers").equals(BooleanNode.TRUE));
    }

    @Test
    void aSourceThatRefusesConnectionsIsCalledSilent() {
        StatusWatch watch = watch(LOADER.session().databases().warehouse(), source(() -> {
            throw new IllegalStateException("refused");
        }));
        assertThat(json(watch).at("/sources/0/answers")).isEqualTo(BooleanNode.FALSE);
    }

    /** Those who scrape meters come less often than a value is fresh, and would never get one. */
    @Tag(Extent.SLOW)
    @Test
    void whatTheTargetSaysTooLateIsThereForTheNextScrape() throws Exception {
        Warehouse warehouse = LOADER.session().databases().warehouse();
        AtomicInteger looks = new AtomicInteger();
        DataSource late = before(warehouse.dataSource(), () -> sleep(looks.incrementAndGet() == 1 ? 2_500 : 60_000));
        TableHealthMonitor monitor = new TableHealthMonitor(
                new StatusReport(new Warehouse(late, warehouse.schema())),
                LOADER.session()::catalog,
                new SourceStates(LOADER.session().databases().source()));
        assertThat(monitor.all()).isEmpty();

        Thread.sleep(13_000);
        assertThat(monitor.of("good").orElseThrow().line().state()).isEqualTo("success");
        assertThat(looks).hasValue(2);
    }

    /** The connections of this time are lost. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whileTheTargetIsSilentTheLastDocumentIsAnsweredWithItsAge() throws Exception {
        assertThat(LOADER.json(STATUS).path("target_silent_since").isNull()).isTrue();
        LOADER.get(STATUS + "/tables/good");

        LOADER.toTarget().lose();
        try {
            await().atMost(OperatedLoader.SOON)
                    .until(() ->
                            !LOADER.json(STATUS).path("target_silent_since").isNull()
                                    && LOADER.json(STATUS).path("age_seconds").asInt() > 2);
            JsonNode silent = LOADER.json(STATUS);
            assertThat(silent.path("summary").asText())
                    .startsWith("The target has not answered since ")
                    .contains("Before that: ");
            assertThat(silent.path("tables").size()).isEqualTo(8);
            JsonNode table = LOADER.json(STATUS + "/tables/good");
            assertThat(table.path("target_silent_since").isNull()).isFalse();
            assertThat(table.path("runs").size()).isPositive();
        } finally {
            LOADER.toTarget().resume();
        }
        await().atMost(OperatedLoader.SOON)
                .until(() -> LOADER.json(STATUS).path("target_silent_since").isNull());
    }

    private static StatusWatch watch(Warehouse warehouse, boolean keys) {
        return watch(warehouse, keys, LOADER.session().databases().source());
    }

    private static StatusWatch watch(Warehouse warehouse, Source source) {
        return watch(warehouse, false, source);
    }

    private static StatusWatch watch(Warehouse warehouse, boolean keys, Source source) {
        Session session = LOADER.session();
        return new StatusWatch(
                warehouse,
                keys,
                new SourceStates(source),
                new StatusDocuments("practice"),
                session::catalog,
                new LoaderNow(
                        "1",
                        4,
                        session.running(),
                        LOADER.loader().queue(),
                        LOADER.loader().reloads()));
    }

    private static JsonNode json(StatusWatch watch) {
        try {
            return new ObjectMapper().readTree(DocumentJson.bytes(watch.all().orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source answeringAfter(long millis) {
        return source(() -> sleep(millis));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Source source(Runnable before) {
        Source source = LOADER.session().databases().source();
        return new Source(before(source.dataSource(), before), source.zone());
    }

    /** @param before what is done before each connection */
    private static DataSource before(DataSource database, Runnable before) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                before.run();
                return super.getConnection();
            }
        };
    }

    /** The loader's warehouse, whose statements are counted. */
    private static Warehouse counting(AtomicInteger statements) {
        Warehouse warehouse = LOADER.session().databases().warehouse();
        return new Warehouse(
                new DelegatingDataSource(warehouse.dataSource()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        Connection connection = super.getConnection();
                        return (Connection) Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, method, args) -> {
                                    if (method.getName().matches("prepareStatement|createStatement")) {
                                        statements.incrementAndGet();
                                    }
                                    try {
                                        return method.invoke(connection, args);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
                    }
                },
                warehouse.schema());
    }

    private static JsonNode row(JsonNode all, String table) {
        for (JsonNode row : all.path("tables")) {
            if (row.path("table").asText().equals(table)) {
                return row;
            }
        }
        throw new AssertionError(table + " is not in " + all.path("tables"));
    }
}
