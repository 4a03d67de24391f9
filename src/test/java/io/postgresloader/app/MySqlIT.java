package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Rows;
import io.postgresloader.verify.Comparison;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only MySQL has. */
@Timeout(120)
@Tag(Extent.CORE)
@OnlyOn(value = Products.MYSQL, because = "the test is about what only MySQL has")
class MySqlIT {
    private static final String IN_8 = "earlier versions do not have it";

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "descending key        | Id int, V varchar(20), PRIMARY KEY (Id DESC), KEY (Edited DESC)",
                "descending second key | Id int, V varchar(20), PRIMARY KEY (V, Id DESC)",
                "functional index      | V varchar(20), Id int PRIMARY KEY, UNIQUE KEY a ((UPPER(V)), (Id + 1)), KEY ((LOWER(V)))",
                "invisible index       | Id int PRIMARY KEY, V varchar(20), KEY (Edited) INVISIBLE, UNIQUE KEY (Id, V) INVISIBLE",
                "accents in the key    | V varchar(20) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, Id int",
                "default expression    | Id int PRIMARY KEY, V varchar(20), W char(36) NOT NULL DEFAULT (UUID()),"
                        + " D date NOT NULL DEFAULT (CURRENT_DATE)"
            })
    @OnlyOn(value = Products.MYSQL_8, because = IN_8)
    void whatOnlyMySqlDeclaresIsLoaded(String name, String columns) {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Edited timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP"
                                + " ON UPDATE CURRENT_TIMESTAMP, " + columns + ") CHARACTER SET utf8mb4",
                        // Without padding a blank at the end makes another key; the accents are of other letters.
                        "INSERT INTO visit (Id, V) VALUES (1, 'a'), (2, 'a '), (3, 'B'), (4, 'ł'), (5, 'ø'), (6, 'c')");
        fixture.set("LOADER_PAGE_ROWS", "2").tables("visit: {skip_unchanged: false}");
        assertThat(fixture.load("visit").type()).contains(LoadType.FULL);
        assertSameRows();

        fixture.source()
                .execute(
                        "UPDATE visit SET V = 'bb' WHERE Id = 3",
                        "INSERT INTO visit (Id, V) VALUES (7, 'ü'), (8, '')",
                        "DELETE FROM visit WHERE Id = 6");
        assertThat(fixture.load("visit").type()).contains(LoadType.INCREMENTAL);
        Comparison found = fixture.repair("visit").before();

        assertThat(found.failure()).isEmpty();
        assertThat(found.missing()).isZero();
        assertSameRows();
    }

    /** Statistics that another session asked for are kept for a day. */
    @Test
    @OnlyOn(value = Products.MYSQL_8, because = IN_8)
    void keptStatisticsHideNoChange() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int AUTO_INCREMENT PRIMARY KEY, V varchar(20))",
                        "INSERT INTO visit (V) VALUES ('a'), ('b')");
        fixture.tables("visit:");
        fixture.load("visit");
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> fixture.load("visit").type().equals(Optional.of(LoadType.UNCHANGED)));
        String statistics = "SELECT update_time, auto_increment, table_rows FROM information_schema.tables"
                + " WHERE table_schema = DATABASE() AND table_name = 'visit'";
        String kept = fixture.source().value(statistics);

        fixture.source().execute("INSERT INTO visit (V) VALUES ('c')");
        fixture.load("visit");

        assertThat(fixture.source().value(statistics)).isEqualTo(kept);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(3);
    }

    @Test
    @OnlyOn(value = Products.MYSQL_8, because = IN_8)
    void rightsOfARoleAreUsed() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id varchar(10) PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, 'old', NOW() - INTERVAL 1 DAY FROM seq_1_to_20",
                        "CREATE ROLE IF NOT EXISTS reading",
                        "GRANT SELECT, PROCESS ON *.* TO reading",
                        "DROP USER IF EXISTS 'by_role'@'127.0.0.1'",
                        "CREATE USER 'by_role'@'127.0.0.1' IDENTIFIED BY 'demo' DEFAULT ROLE reading");
        fixture.set("SOURCE_USER", "by_role")
                .tables("visit: {incremental_columns: [Edited], lookback: 1s, skip_unchanged: false}");
        fixture.load("visit");
        try (Connection writer =
                fixture.source().begin("UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = 7")) {
            Thread.sleep(2_500);
            fixture.load("visit");
            fixture.load("visit");
            writer.commit();
        }

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.status("visit", "notes")).isEqualTo("∅");
        assertThat(fixture.target().value("SELECT \"Note\" FROM raw.visit WHERE \"Id\" = '7'"))
                .isEqualTo("late");
    }

    /** Ages in whole seconds of a late clock are too short, and NOW() is a whole second as well. */
    @Test
    void aRunningStatementHoldsTheHorizonASecondBeforeIt() throws Exception {
        fixture.source().execute("CREATE TABLE visit (Id int PRIMARY KEY) ENGINE=MyISAM");
        fixture.tables("visit: {load: full, skip_unchanged: false}");
        CompletableFuture<String> running;
        try (Connection holder = fixture.source().begin("SELECT GET_LOCK('held', 10)")) {
            assertThat(holder.isValid(1)).isTrue();
            running = CompletableFuture.supplyAsync(
                    () -> fixture.source().value("SELECT UTC_TIMESTAMP() FROM DUAL WHERE GET_LOCK('held', 100)"));
            await().until(() -> fixture.source()
                            .count("SELECT COUNT(*) FROM information_schema.processlist"
                                    + " WHERE state = 'User lock' AND db = DATABASE()")
                    == 1);
            fixture.load("visit");
        }

        String begun = running.get(30, TimeUnit.SECONDS);
        assertThat(fixture.status("visit", "last_loaded <= timestamp '" + begun + "' - interval '1 s'"))
                .as("loaded up to " + fixture.status("visit", "last_loaded") + ", begun " + begun)
                .isEqualTo("t");
    }

    private void assertSameRows() {
        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"V\", \"Edited\"::text FROM raw.visit"),
                fixture.source().rows("SELECT Id, V, CAST(Edited AS char) FROM visit"));
    }
}
