package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Sampled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrangements of sources that others run: each is loaded exactly, or stops its table with a sentence. */
@Timeout(120)
class SourceArrangementsIT {
    private static final String OPTIONS = "t: {primary_key: Id, incremental_columns: [Ts], reconcile: off}\n";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, V varchar(200), Qty int, Ts"
                                + " timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
                        "INSERT INTO t (V, Qty) SELECT CONCAT('v', seq), seq FROM seq_1_to_1000");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /**
     * What a source does between loads.
     *
     * @param table the table that is loaded and compared
     * @param options the table list
     * @param steps statements, one in each line; a load follows each step
     */
    private record Arrangement(String id, String table, String options, List<String> steps) {
        static Arrangement ofT(String id, String... steps) {
            return new Arrangement(id, "t", OPTIONS, List.of(steps));
        }

        static Arrangement of(String id, String table, String options, String... steps) {
            return new Arrangement(id, table, table + ": {" + options + "}\n", List.of(steps));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Arrangement> exact() {
        return Stream.concat(
                Stream.of(ghost(), ptOnlineSchemaChange()),
                Stream.concat(keys(), Products.MARIADB.underTest() ? versioned() : Stream.empty()));
    }

    private static Arrangement ghost() {
        return Arrangement.ofT(
                "S22 gh-ost",
                """
                CREATE TABLE _t_ghc (id bigint AUTO_INCREMENT PRIMARY KEY, hint varchar(64))
                CREATE TABLE _t_gho LIKE t
                ALTER TABLE _t_gho ADD COLUMN Extra int DEFAULT 7
                INSERT INTO _t_gho (Id, V, Qty, Ts) SELECT Id, V, Qty, Ts FROM t""",
                """
                UPDATE t SET V = 'late' WHERE Id = 5
                REPLACE INTO _t_gho (Id, V, Qty, Ts) SELECT Id, V, Qty, Ts FROM t WHERE Id = 5
                RENAME TABLE t TO _t_del, _t_gho TO t""",
                """
                DROP TABLE _t_del
                DROP TABLE _t_ghc""",
                """
                INSERT INTO t (V, Qty) VALUES ('new', 1)
                UPDATE t SET Extra = 8 WHERE Id = 9""");
    }

    private static Arrangement ptOnlineSchemaChange() {
        return Arrangement.ofT(
                "S22 pt-online-schema-change",
                """
                CREATE TABLE _t_new LIKE t
                ALTER TABLE _t_new ADD INDEX (Qty)
                INSERT INTO _t_new SELECT * FROM t WHERE Id <= 400""",
                """
                CREATE TRIGGER pt_osc_upd AFTER UPDATE ON t FOR EACH ROW \
                REPLACE INTO _t_new SELECT * FROM t WHERE Id = NEW.Id
                UPDATE t SET V = 'early' WHERE Id = 900
                INSERT IGNORE INTO _t_new SELECT * FROM t""",
                """
                RENAME TABLE t TO _t_old, _t_new TO t
                DROP TABLE _t_old""",
                "INSERT INTO t (V, Qty) VALUES ('new', 1)");
    }

    /** 1,200 rows are several pages; the source orders these keys by their numbers. */
    private static Stream<Arrangement> keys() {
        return Stream.of(
                Arrangement.of(
                        "S46 ENUM",
                        "k",
                        "",
                        "CREATE TABLE k (E enum('z','it''s','a','é') NOT NULL, N int, V int, PRIMARY KEY (E, N))",
                        "INSERT INTO k SELECT seq % 4 + 1, seq, seq FROM seq_1_to_1200",
                        """
                        UPDATE k SET V = 0 WHERE N > 1100
                        INSERT INTO k VALUES ('', 1, 1)
                        DELETE FROM k WHERE N = 7"""),
                Arrangement.of(
                        "S46 ENUM alone",
                        "k",
                        "incremental_columns: [Ts]",
                        "CREATE TABLE k (E enum('z','it''s','a','é') PRIMARY KEY, Ts timestamp NOT NULL)",
                        "INSERT INTO k VALUES ('z', NOW()), ('it''s', NOW()), ('a', NOW()), ('é', NOW())"),
                Arrangement.of(
                        "S46 SET",
                        "k",
                        "",
                        "CREATE TABLE k (S set('l','k','j','i','h','g','f','e','d','c','b') PRIMARY KEY, V int)",
                        "INSERT INTO k SELECT seq - 1, seq FROM seq_1_to_1200",
                        "UPDATE k SET V = 0 WHERE V > 1100"),
                Arrangement.of(
                        "S46 BIT",
                        "k",
                        "",
                        "CREATE TABLE k (B bit(12) PRIMARY KEY, V int)",
                        "INSERT INTO k SELECT seq - 1, seq FROM seq_1_to_1200",
                        "UPDATE k SET V = 0 WHERE V > 1100"));
    }

    private static Stream<Arrangement> versioned() {
        String create =
                """
                CREATE TABLE v (Id int, V varchar(9), Rs timestamp(6) GENERATED ALWAYS AS ROW START, \
                Re timestamp(6) GENERATED ALWAYS AS ROW END, PRIMARY KEY (Id), PERIOD FOR SYSTEM_TIME (Rs, Re)) \
                WITH SYSTEM VERSIONING
                INSERT INTO v (Id, V) VALUES (1, 'a'), (2, 'b')""";
        String edit =
                """
                UPDATE v SET V = 'c' WHERE Id = 1
                DELETE FROM v WHERE Id = 2""";
        return Stream.of(
                Arrangement.of("S23 versioned, with the source's key", "v", "", create, edit),
                Arrangement.of("S23 versioned, with primary_key", "v", "primary_key: Id", create, edit),
                Arrangement.ofT(
                        "S23 versioned after the first load",
                        "ALTER TABLE t ADD SYSTEM VERSIONING",
                        "UPDATE t SET V = 'c' WHERE Id = 1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void theTableIsLoadedExactly(Arrangement arrangement) {
        fixture.set("LOADER_PAGE_ROWS", "300").tables(arrangement.options());
        if (arrangement.table().equals("t")) {
            assertLoads("t");
        }
        for (String step : arrangement.steps()) {
            fixture.source().execute(step.split("\n"));
            assertLoads(arrangement.table());
        }
        fixture.loader().reconcile(arrangement.table(), "asked for");

        assertThat(Canonical.differences(fixture.source(), fixture.target(), arrangement.table()))
                .isEmpty();
    }

    /** A damaged table fails with what to do, and other tables are loaded. */
    @Sampled(oneOf = 4)
    @ParameterizedTest(name = "S19 {0} of {2} bytes of {1}")
    @CsvSource({
        "MyISAM, MYI, 1024",
        "MyISAM, MYI, 10",
        "MyISAM, MYI, none",
        "MyISAM, MYD, 500",
        "MyISAM, MYD, none",
        "MyISAM, frm, 20",
        "Aria,   MAI, 1024",
        "Aria,   MAD, 100",
        "InnoDB, DISCARD TABLESPACE, none"
    })
    @OnlyOn(value = Products.MARIADB, because = "MySQL has other files")
    void aDamagedTableIsNamed(String engine, String file, String length) throws IOException {
        fixture.source()
                .execute(
                        "CREATE TABLE d (Id int PRIMARY KEY, V varchar(50)) ENGINE=" + engine,
                        "INSERT INTO d SELECT seq, CONCAT('v', seq) FROM seq_1_to_1000");
        fixture.tables(OPTIONS + "d: {}\n");
        assertLoads("d");
        fixture.source().execute("FLUSH TABLES d");
        if (engine.equals("InnoDB")) {
            fixture.source().execute("ALTER TABLE d " + file);
        } else {
            damage(file, length);
        }
        fixture.source().execute("FLUSH TABLES");

        LoadResult loaded = fixture.load("d", LoadRequest.Kind.FULL);

        assertThat(loaded.failure()).hasValueSatisfying(failure -> assertThat(failure.message())
                .contains("is damaged in the source", "run CHECK TABLE there"));
        assertLoads("t");
    }

    private void damage(String ending, String length) throws IOException {
        Path file = Path.of(fixture.source().value("SELECT @@datadir"))
                .resolve(fixture.source().value("SELECT DATABASE()"))
                .resolve("d." + ending);
        if (length.equals("none")) {
            Files.delete(file);
            return;
        }
        try (FileChannel data = FileChannel.open(file, StandardOpenOption.WRITE)) {
            data.truncate(Long.parseLong(length));
        }
    }

    /** What someone holds while a load reads, and a statement that waits for that. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "S25 FLUSH TABLES WITH READ LOCK |FLUSH TABLES WITH READ LOCK  |",
                "S26 mysqldump --lock-tables     |LOCK TABLES t READ, o READ   |",
                "S26 LOCK TABLES WRITE           |LOCK TABLES o WRITE          |",
                "S27 ALTER behind a query        |                             |ALTER TABLE o ADD X int",
                "S27 FLUSH TABLES behind a query |                             |FLUSH TABLES",
                "S27 read lock behind a query    |                             |FLUSH TABLES WITH READ LOCK"
            })
    void otherTablesAreLoadedWhileOneIsHeld(String id, String held, String waiting) throws Exception {
        fixture.source().execute("CREATE TABLE o (Id int PRIMARY KEY)", "INSERT INTO o VALUES (1)");
        fixture.tables(OPTIONS);
        assertLoads("t");
        fixture.source().execute("UPDATE t SET V = 'edited' WHERE Id = 5");
        try (Connection holder = fixture.source().connect();
                Connection waiter = fixture.source().connect()) {
            CompletableFuture<Void> query = CompletableFuture.completedFuture(null);
            CompletableFuture<Void> waits = query;
            if (held == null) {
                query = begin(holder, "SELECT SLEEP(100) FROM o");
                waits = begin(waiter, waiting);
            } else {
                execute(holder, held);
            }

            assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(fixture.services().sourceStates().all()).containsKey("t");
            assertThat(Canonical.differences(fixture.source(), fixture.target(), "t"))
                    .isEmpty();

            fixture.source()
                    .rows("SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(100)%'")
                    .forEach(process -> fixture.source().execute("KILL QUERY " + process));
            CompletableFuture.allOf(query, waits).join();
        }
    }

    private CompletableFuture<Void> begin(Connection connection, String sql) throws InterruptedException {
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> execute(connection, sql))
                // The query that is held is killed.
                .exceptionally(killed -> null);
        String shown = "SELECT COUNT(*) FROM information_schema.processlist WHERE info = '" + sql + "'";
        while (!running.isDone() && fixture.source().count(shown) == 0) {
            Thread.sleep(20);
        }
        return running;
    }

    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError("cannot execute", e);
        }
    }

    /** An upgrade of the program that owns the source: only a new column makes a load read all rows, and once. */
    @Test
    void s24TablesThatAreAlteredTogetherAreNotAllReadAgain() {
        int tables = Extent.of(8, 40);
        List<String> alterations = List.of(
                "ADD INDEX (V)",
                "MODIFY V varchar(255)",
                "MODIFY Qty bigint, ALTER V SET DEFAULT ''",
                "ADD Extra int NOT NULL");
        StringBuilder list = new StringBuilder();
        for (int table = 0; table < tables; table++) {
            fixture.source()
                    .execute("CREATE TABLE t" + table + " LIKE t", "INSERT INTO t" + table + " SELECT * FROM t");
            list.append(OPTIONS.replaceFirst("t", "t" + table));
        }
        fixture.tables(list.toString());
        loadAll(tables);
        for (int table = 0; table < tables; table++) {
            fixture.source().execute("ALTER TABLE t" + table + " " + alterations.get(table % alterations.size()));
        }
        String full = "SELECT count(*) FROM raw.etl_table_metrics WHERE load_type = 'full'";

        loadAll(tables);
        assertThat(fixture.target().count(full) - tables).isEqualTo(tables / alterations.size());
        loadAll(tables);
        assertThat(fixture.target().count(full) - tables).isEqualTo(tables / alterations.size());
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t3 WHERE \"Extra\" = 0"))
                .isEqualTo(1000);
    }

    private void loadAll(int tables) {
        for (int table = 0; table < tables; table++) {
            assertLoads("t" + table);
        }
    }

    @Test
    void s20KeysOfDeletedRowsAreGivenOutAgainAfterLaterEdits() throws Exception {
        loadsThenAnEdit();
        fixture.source().execute("DELETE FROM t WHERE Id > 990", "ALTER TABLE t AUTO_INCREMENT = 1");
        fixture.source().execute("INSERT INTO t (V, Qty) VALUES ('again', 1), ('again', 2)");

        assertLoads("t");
        assertThat(fixture.status("t", "load_type || ': ' || load_reason"))
                .isEqualTo("full: keys up to 1000 are given out again");
        assertThat(fixture.status("t", "notes")).contains("keys up to 1000 a second time");
        fixture.source().execute("INSERT INTO t (V, Qty) VALUES ('again', 3)");
        assertLoads("t");
        assertThat(fixture.status("t", "load_type")).isEqualTo("incremental");
        fixture.loader().reconcile("t", "asked for");
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "t"))
                .isEmpty();
    }

    @Test
    void s20KeysAreGivenOutAgainAfterAComparison() {
        fixture.tables(OPTIONS);
        assertLoads("t");
        fixture.source().execute("DELETE FROM t WHERE Id > 990");
        fixture.loader().reconcile("t", "asked for");
        fixture.source().execute("ALTER TABLE t AUTO_INCREMENT = 1", "INSERT INTO t (V, Qty) VALUES ('again', 1)");

        assertLoads("t");

        assertThat(Canonical.differences(fixture.source(), fixture.target(), "t"))
                .isEmpty();
    }

    @Test
    void s20ARestoredTableIsNotTakenForOneWithDeletedRows() throws Exception {
        fixture.source().execute("CREATE TABLE b LIKE t", "INSERT INTO b SELECT * FROM t WHERE Id <= 990");
        loadsThenAnEdit();
        fixture.source().execute("DROP TABLE t", "RENAME TABLE b TO t");
        assertFails("t", "its AUTO_INCREMENT is 991, and keys up to 1000 were loaded before");

        // An edit after the restore proves nothing.
        fixture.source().execute("UPDATE t SET V = 'later' WHERE Id = 7");
        assertFails("t", "its AUTO_INCREMENT is 991, and keys up to 1000 were loaded before");
    }

    /** The time of a row has whole seconds. */
    private void loadsThenAnEdit() throws InterruptedException {
        fixture.tables(OPTIONS);
        assertLoads("t");
        Thread.sleep(1_500);
        fixture.source().execute("UPDATE t SET V = 'edited' WHERE Id = 5");
        assertLoads("t");
    }

    /** The row is greater than the server accepts; it sends it all the same. */
    @Test
    void s17ARowAboveMaxAllowedPacketIsLoaded() {
        fixture.source()
                .execute(
                        "CREATE TABLE big (Id int PRIMARY KEY, Doc longblob, Note longtext CHARACTER SET utf8mb4)",
                        "INSERT INTO big VALUES (1, REPEAT('x', 3000000), REPEAT('y', 3000000)), (2, 'x', 'y')");
        String packet = fixture.source().value("SELECT @@GLOBAL.max_allowed_packet");
        fixture.tables(OPTIONS + "big: {}\n");
        try {
            fixture.source().execute("SET GLOBAL max_allowed_packet = 1048576");
            assertLoads("big");
            assertLoads("t");
        } finally {
            fixture.source().execute("SET GLOBAL max_allowed_packet = " + packet);
        }
        assertThat(fixture.target().rows("SELECT \"Id\", length(\"Doc\"), length(\"Note\") FROM raw.big ORDER BY 1"))
                .containsExactly("1|3000000|3000000", "2|1|1");
    }

    @Test
    void s23AViewOrASequenceIsNamedAndOtherTablesAreLoaded() {
        fixture.source().execute("CREATE VIEW vw AS SELECT * FROM t");
        fixture.tables(OPTIONS + "vw: {}\n");
        assertFails("vw", "vw: it is a view; views are not loaded");
        if (Products.MARIADB.underTest()) {
            fixture.source().execute("CREATE SEQUENCE sq");
            fixture.tables(OPTIONS + "sq: {}\n");
            assertFails("sq", "sq: it is a sequence; sequences are not loaded");
        }
        assertThat(fixture.services().sourceSchema().tables()).containsOnlyKeys("t");
        assertLoads("t");
    }

    private void assertFails(String table, String sentence) {
        assertThat(fixture.load(table).failure())
                .hasValueSatisfying(failure -> assertThat(failure.message()).contains(sentence));
    }

    private void assertLoads(String table) {
        LoadResult loaded = fixture.load(table);
        assertThat(loaded.outcome()).as(loaded.toString()).isEqualTo(Outcome.SUCCESS);
    }
}
