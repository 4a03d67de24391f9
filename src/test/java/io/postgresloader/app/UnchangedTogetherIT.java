package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TestServers;
import io.postgresloader.tracking.LoadLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loads that have nothing to read are recorded together, with a few statements. A table of which a load would do anything
 * else has a load of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnchangedTogetherIT {
    private static final Duration SOON = Duration.ofMinutes(3);

    /** A statement of the source, by the table of which it is a change. */
    private static final Map<String, String> IN_SOURCE = Map.of(
            "inserted", "INSERT INTO inserted VALUES (9, 'new')",
            "edited", "UPDATE edited SET Note = 'edited' WHERE Id = 2",
            "edited_innodb", "UPDATE edited_innodb SET Note = 'edited' WHERE Id = 2",
            "deleted", "DELETE FROM deleted WHERE Id = 2",
            "altered", "ALTER TABLE altered ADD COLUMN More int",
            "truncated", "TRUNCATE TABLE truncated",
            "dropped", "DROP TABLE dropped");

    /** Each makes the table's status say that more is to do. */
    private static final Map<String, String> IN_STATUS = Map.of(
            "pending", "load_status = 'pending'",
            "failed", "load_status = 'failed'",
            "running", "load_status = 'running'",
            "interrupted", "load_status = 'interrupted'",
            "forgotten", "watermarks = NULL",
            "backfilled", "backfill = 'a column was added'",
            "unsettled", "source_settled = false",
            "unknown_state", "source_state = NULL",
            "unseen", "source_checks = NULL",
            "unrecorded_target", "target_state = NULL");

    private static final Map<String, String> IN_TARGET = Map.of(
            "paused", "UPDATE raw.etl_load_status SET paused_at = now() WHERE table_name = 'paused'",
            "failed_load",
                    "INSERT INTO raw.etl_dead_letter (table_name, reason, message, load_id)"
                            + " VALUES ('failed_load', 'schema', 'failed', 'x')",
            "target_deleted", "DELETE FROM raw.target_deleted WHERE \"Id\" = 1",
            "target_truncated", "TRUNCATE raw.target_truncated",
            "target_altered", "ALTER TABLE raw.target_altered ADD COLUMN more int",
            "target_rewritten", "VACUUM FULL raw.target_rewritten",
            "target_dropped", "DROP TABLE raw.target_dropped");

    /** Another process does these after the loads were found to have nothing to read, and before they are recorded. */
    private static final Map<String, String> MEANWHILE = Map.of(
            "claimed", "epoch = epoch + 1, load_status = 'running'",
            "loaded", "epoch = epoch + 1, load_id = 'another'",
            "reset", "load_status = 'pending'",
            "paused_late", "paused_at = now()");

    /** Each option of the table list that changes, by its table. */
    private static final Map<String, String> OPTIONS =
            Map.of("skips_off", "{skip_unchanged: false}", "looks_back", "{lookback: 1h}");

    /** Tables whose loads ask for more than what is due. */
    private static final Map<String, LoadRequest> REQUESTS = Map.of(
            "full", LoadRequest.full("full"),
            "accepted", LoadRequest.dueNow("accepted").accepting(true),
            "source_accepted", LoadRequest.dueNow("source_accepted").acceptingSource(true),
            "replayed", LoadRequest.replayAll("replayed"));

    private static final Set<String> NOT_TO_DO =
            Set.of("same", "same_innodb", "with_dead_letter", "to_reconcile", "grown_target");

    private static final String LOCKED = "locked";
    private static final String ROW_LOCKED = "row_locked";
    private static final String TWICE = "requested_twice";
    private static final String UNLISTED = "unlisted";

    private final LoaderFixture fixture = new LoaderFixture();
    private Map<String, LoadResult> recorded;
    private Map<String, String> loadsBefore;
    private String alone;

    static Stream<String> tablesWithMoreToDo() {
        return Stream.of(
                        IN_SOURCE.keySet(),
                        IN_STATUS.keySet(),
                        IN_TARGET.keySet(),
                        MEANWHILE.keySet(),
                        OPTIONS.keySet(),
                        REQUESTS.keySet(),
                        Set.of(LOCKED, ROW_LOCKED, TWICE, UNLISTED))
                .flatMap(Set::stream)
                .sorted();
    }

    static Stream<String> tablesWithNothingToDo() {
        return NOT_TO_DO.stream().sorted();
    }

    @BeforeAll
    void oneOfEachIsRecorded() throws Exception {
        List<String> tables =
                Stream.concat(tablesWithMoreToDo(), tablesWithNothingToDo()).toList();
        tables.forEach(this::create);
        fixture.tables(list(tables, table -> ""));
        awaitUnchanged(fixture, tables);
        fixture.load("same");
        alone = recordOf("same");
        fixture.tables(list(
                tables.stream().filter(table -> !table.equals(UNLISTED)).toList(),
                table -> OPTIONS.getOrDefault(table, "")));
        adviseToChangeMeanwhile();
        change();
        loadsBefore = loadIds();
        try (LoadLock lock =
                        LoadLock.tryTake(fixture.services().warehouse(), LOCKED).orElseThrow();
                Connection other = fixture.target()
                        .begin("SELECT 1 FROM raw.etl_load_status WHERE table_name = '" + ROW_LOCKED
                                + "' FOR UPDATE")) {
            assertThat(lock.held() && other.isValid(1)).isTrue();
            recorded = fixture.loader().recordUnchanged(requests(tables));
        }
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("tablesWithMoreToDo")
    void aTableWithMoreToDoIsLeftToItsLoad(String table) {
        assertThat(recorded).doesNotContainKey(table);
        Map<String, String> changedMeanwhile = new HashMap<>(loadsBefore);
        changedMeanwhile.put("loaded", "another");
        assertThat(loadIds().get(table)).isEqualTo(changedMeanwhile.get(table));
    }

    @ParameterizedTest
    @MethodSource("tablesWithNothingToDo")
    void aTableWithNothingToDoIsRecorded(String table) {
        assertThat(recorded).containsKey(table);
        assertThat(recorded.get(table).type()).contains(LoadType.UNCHANGED);
        assertThat(recorded.get(table).reason()).matches("the source has not changed it since .* UTC");
        assertThat(fixture.status(table, "load_id")).isNotEqualTo(loadsBefore.get(table));
        assertThat(fixture.target()
                        .count("SELECT count(*) FROM raw.etl_table_metrics m JOIN raw.etl_load_status s"
                                + " ON m.pipeline_id = s.load_id WHERE s.table_name = '" + table + "'"))
                .isEqualTo(1);
    }

    @Test
    void theRecordIsThatOfALoadAlone() {
        assertThat(recordOf("same")).isEqualTo(alone);
        assertThat(fixture.status("to_reconcile", "reconcile_reason")).isEqualTo("why");
    }

    @Test
    void theLoadsThatAreLeftBringAllChanges() {
        fixture.load("inserted");
        fixture.load("edited");
        fixture.load("edited_innodb");
        fixture.load("altered");
        fixture.load("target_truncated");

        assertThat(fixture.target().count("SELECT count(*) FROM raw.inserted")).isEqualTo(4);
        assertThat(fixture.target()
                        .rows("SELECT \"Note\" FROM raw.edited WHERE \"Id\" = 2"
                                + " UNION ALL SELECT \"Note\" FROM raw.edited_innodb WHERE \"Id\" = 2"))
                .containsExactly("edited", "edited");
        assertThat(fixture.target().count("SELECT count(\"More\") FROM raw.altered"))
                .isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.target_truncated"))
                .isEqualTo(3);
    }

    /** The number of statements, not their time: it must not grow with the number of tables. */
    @Test
    void sixtyTablesCostAsManyStatementsAsTwenty() throws Exception {
        // The timers of its loader query the source as well.
        fixture.stop();
        try (Many many = new Many(60, "")) {
            long twenty = many.statements(20);
            assertThat(many.statements(60)).isBetween(1L, twenty + 10);
        }
    }

    @Test
    void aRunningLoaderRecordsThemTogether() throws Exception {
        try (Many many = new Many(30, "defaults: {schedule: 1s}\n")) {
            many.fixture.stop();
            try (Session session = Session.open(many.fixture.configuration());
                    Loader loader = session.loader()) {
                loader.start();
                try (Operation operation = Operation.start(session, loader)) {
                    String since = "FROM raw.etl_table_metrics WHERE load_type = 'unchanged' AND created_at > '"
                            + many.fixture.target().value("SELECT max(created_at) FROM raw.etl_table_metrics") + "'";
                    assertThat(operation).isNotNull();
                    await().atMost(SOON).until(() -> many.fixture.target().count("SELECT count(*) " + since) > 4 * 30);
                    // One statement gives all its rows the same time.
                    assertThat(many.fixture.target().count("SELECT count(DISTINCT created_at) " + since))
                            .isLessThan(40);
                    many.fixture.source().execute("INSERT INTO m7 VALUES (9, 'new')");
                    await().atMost(SOON).until(() -> many.fixture.target().count("SELECT count(*) FROM raw.m7") == 4);
                }
            }
        }
    }

    private void create(String table) {
        fixture.source().execute(created(table, table.endsWith("innodb") ? "InnoDB" : "MyISAM"), filled(table));
    }

    private static String created(String table, String engine) {
        return "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=" + engine;
    }

    private static String filled(String table) {
        return "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')";
    }

    private static String list(List<String> tables, java.util.function.UnaryOperator<String> options) {
        return tables.stream()
                .map(table -> table + ": " + options.apply(table) + "\n")
                .collect(Collectors.joining());
    }

    private static void awaitUnchanged(LoaderFixture fixture, List<String> tables) {
        List<LoadRequest> requests = tables.stream().map(LoadRequest::dueNow).toList();
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> new LoadsAtOnce(fixture.loader(), 2)
                .load(requests).results().stream()
                        .allMatch(load -> load.type().equals(Optional.of(LoadType.UNCHANGED))));
    }

    private void adviseToChangeMeanwhile() throws Exception {
        AdviceWith.adviceWith(
                fixture.loader().context(), "record-unchanged", route -> route.weaveById("record-unchanged-write")
                        .before()
                        .process(exchange -> MEANWHILE.forEach(this::setStatus)));
    }

    private void change() {
        IN_SOURCE.values().forEach(fixture.source()::execute);
        IN_STATUS.forEach(this::setStatus);
        IN_TARGET.values().forEach(fixture.target()::execute);
        fixture.target()
                .execute(
                        "INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id)"
                                + " VALUES ('with_dead_letter', '{\"Id\": \"1\"}', 'row data', 'bad', 'x')",
                        "UPDATE raw.etl_load_status SET reconcile_reason = 'why' WHERE table_name = 'to_reconcile'",
                        // An insert by another program does not show, nor does it for a load alone.
                        "INSERT INTO raw.grown_target VALUES (4, 'd')");
        await().atMost(SOON)
                .until(() -> fixture.target().count("SELECT pg_stat_get_tuples_deleted('raw.target_deleted'::regclass)")
                        == 1);
    }

    private void setStatus(String table, String change) {
        fixture.target().execute("UPDATE raw.etl_load_status SET " + change + " WHERE table_name = '" + table + "'");
    }

    private static List<LoadRequest> requests(List<String> tables) {
        List<LoadRequest> requests = new ArrayList<>();
        tables.forEach(table -> requests.add(REQUESTS.getOrDefault(table, LoadRequest.dueNow(table))));
        requests.add(LoadRequest.full(TWICE));
        return requests;
    }

    private Map<String, String> loadIds() {
        Map<String, String> ids = new TreeMap<>();
        fixture.target()
                .rows("SELECT table_name, load_id FROM raw.etl_load_status")
                .forEach(row -> {
                    String[] columns = row.split("\\|");
                    ids.put(columns[0], columns[1]);
                });
        return ids;
    }

    /** What a load leaves in the tracking tables, without its id and its times. */
    private String recordOf(String table) {
        String changing = "'id', 'epoch', 'load_id', 'pipeline_id', 'last_loaded', '_loaded_at', '_updated_at',"
                + " 'started_at', 'finished_at', 'duration_seconds', 'processing_time', 'timestamp', 'created_at', 'cycle_id'";
        return fixture.target()
                .value("SELECT (to_jsonb(s) - ARRAY[" + changing + "])::text || (to_jsonb(m) - ARRAY[" + changing
                        + "])::text FROM raw.etl_load_status s JOIN raw.etl_table_metrics m ON m.pipeline_id = s.load_id"
                        + " WHERE s.table_name = '" + table + "'");
    }

    /** Tables that have not changed, and how many statements both servers carry out for them. */
    private static final class Many implements AutoCloseable {
        private final LoaderFixture fixture = new LoaderFixture();
        private final List<String> tables;

        Many(int number, String defaults) {
            tables = IntStream.range(0, number).mapToObj(n -> "m" + n).toList();
            tables.forEach(table -> fixture.source().execute(created(table, "MyISAM"), filled(table)));
            fixture.tables(defaults + list(tables, table -> ""));
            awaitUnchanged(fixture, tables);
        }

        long statements(int of) throws Exception {
            fixture.stop();
            long before = statements();
            List<LoadRequest> requests =
                    tables.stream().limit(of).map(LoadRequest::dueNow).toList();
            LoadsDone done = new LoadsAtOnce(fixture.loader(), 2).load(requests);
            assertThat(done.results()).hasSize(of).allMatch(load -> load.type()
                    .equals(Optional.of(LoadType.UNCHANGED)));
            fixture.stop();
            return statements() - before;
        }

        /** Of the source, and transactions of the target, which a session reports when it ends. */
        private long statements() throws SQLException {
            String here = fixture.target().value("SELECT current_database()");
            // Elsewhere, so that these queries do not count.
            Database elsewhere = new Database(
                    TestServers.postgres().jdbcUrl("postgres"),
                    fixture.target().user(),
                    fixture.target().password());
            await().atMost(SOON)
                    .until(() -> elsewhere.count("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + here + "'")
                            == 0);
            String questions =
                    fixture.source().rows("SHOW GLOBAL STATUS LIKE 'Questions'").get(0);
            return Long.parseLong(questions.split("\\|")[1])
                    + elsewhere.count("SELECT xact_commit FROM pg_stat_database WHERE datname = '" + here + "'");
        }

        @Override
        public void close() {
            fixture.close();
        }
    }
}
