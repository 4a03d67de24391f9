package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.source.SourceClock;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Rows;
import io.postgresloader.testing.TestServers;
import io.postgresloader.tracking.StatusReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a load may see of the work of others, and what it says when it may not. */
@Timeout(120)
class HorizonGrantsIT {
    private static final long PAST_LOOKBACK_MILLIS = 2_500;
    private static final Path SCRIPT = Path.of("config", "source-horizon.sql");

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final Logger clock = (Logger) LoggerFactory.getLogger(SourceClock.class);
    private final String database = fixture.source().value("SELECT DATABASE()");

    @BeforeEach
    void create() {
        warnings.start();
        clock.addAppender(warnings);
        for (String engine : new String[] {"InnoDB", "MyISAM"}) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + engine + " (Id varchar(10) NOT NULL PRIMARY KEY, Note varchar(20),"
                                    + " Edited datetime NOT NULL) ENGINE=" + engine,
                            "INSERT INTO " + engine + " SELECT seq, 'old', NOW() - INTERVAL 1 DAY FROM seq_1_to_50");
        }
        fixture.tables("defaults: {lookback: 1s, skip_unchanged: false}\n"
                + "InnoDB: {incremental_columns: [Edited]}\nMyISAM: {incremental_columns: [Edited]}");
    }

    @AfterEach
    void close() {
        clock.detachAppender(warnings);
        fixture.close();
    }

    @Test
    @Tag(Extent.CORE)
    void theFunctionOfTheScriptReplacesTheGrant() throws Exception {
        runScript();
        fixture.asUserWhoMayOnlyRead("reader_1");
        fixture.source()
                .execute("GRANT EXECUTE ON FUNCTION " + database
                        + ".postgres_loader_open_work TO 'reader_1'@'127.0.0.1'");
        fixture.load("InnoDB");

        try (Connection writer =
                fixture.source().begin("UPDATE InnoDB SET Note = 'late', Edited = NOW() WHERE Id = '7'")) {
            loadTwicePastTheLookback();
            writer.commit();
        }
        load("InnoDB");

        assertSameRows();
        assertThat(fixture.status("InnoDB", "notes")).isEqualTo("∅");
        assertThat(warnings.list).isEmpty();
    }

    @Test
    void theFunctionShowsStatementsOfOthersAsWell() throws Exception {
        runScript();
        fixture.asUserWhoMayOnlyRead("reader_2");
        fixture.source()
                .execute("GRANT EXECUTE ON FUNCTION " + database
                        + ".postgres_loader_open_work TO 'reader_2'@'127.0.0.1'");
        fixture.load("MyISAM");
        Thread sleeper = new Thread(() -> fixture.source().rows("SELECT SLEEP(100)"));
        sleeper.start();
        String others = " FROM information_schema.processlist WHERE info = 'SELECT SLEEP(100)'";
        await().atMost(1, TimeUnit.MINUTES)
                .until(() -> fixture.source().count("SELECT COUNT(*)" + others + " AND time >= 3") == 1);
        String moment = moment();

        load("MyISAM");

        assertThat(secondsUntil(moment, "MyISAM")).isGreaterThanOrEqualTo(2);
        fixture.source().execute("KILL QUERY " + fixture.source().value("SELECT id" + others));
        sleeper.join();
    }

    @Test
    void withoutGrantAndFunctionAWarningIsShown() {
        fixture.asUserWhoMayOnlyRead("reader_3");

        load("InnoDB");
        load("InnoDB");

        assertThat(fixture.status("InnoDB", "notes"))
                .contains("does not show its open transactions")
                .contains("GRANT PROCESS ON *.*")
                .contains("config/source-horizon.sql");
        assertThat(statusMessage("InnoDB")).contains("config/source-horizon.sql");
        assertThat(warnings.list).hasSize(1);
        assertThat(warnings.list.get(0).getFormattedMessage()).contains("GRANT PROCESS");
    }

    /** The user that created it cannot see them either. */
    @Test
    void aFunctionThatSeesNothingIsNamed() throws Exception {
        fixture.asUserWhoMayOnlyRead("reader_4");
        fixture.source().execute("GRANT CREATE ROUTINE, EXECUTE ON " + database + ".* TO 'reader_4'@'127.0.0.1'");
        Database reader = new Database(TestServers.source().jdbcUrl(database), "reader_4", SourceServer.PASSWORD);
        String script = Files.readString(SCRIPT);
        reader.execute(
                script.substring(script.indexOf("CREATE DEFINER")).strip().replaceAll(";$", ""));

        load("InnoDB");

        assertThat(fixture.status("InnoDB", "notes"))
                .contains("the source's function postgres_loader_open_work does not show")
                .contains("GRANT PROCESS ON *.* to its definer");
    }

    /** It answers NULL to what it does not know. */
    @Test
    void anOlderFunctionShowsTransactionsAndIsNamed() throws Exception {
        String script = Files.readString(SCRIPT);
        fixture.source()
                .execute(script.substring(script.indexOf("CREATE DEFINER"), script.indexOf("WHEN kind LIKE")) + "END");
        fixture.asUserWhoMayOnlyRead("reader_5");
        fixture.source()
                .execute("GRANT EXECUTE ON FUNCTION " + database
                        + ".postgres_loader_open_work TO 'reader_5'@'127.0.0.1'");
        fixture.load("InnoDB");

        try (Connection writer =
                fixture.source().begin("UPDATE InnoDB SET Note = 'late', Edited = NOW() WHERE Id = '7'")) {
            loadTwicePastTheLookback();
            writer.commit();
        }
        load("InnoDB");

        assertSameRows();
        assertThat(fixture.status("InnoDB", "notes"))
                .contains("of an earlier version")
                .contains("config/source-horizon.sql");
    }

    @Test
    void anOpenTransactionHoldsBackOnlyTablesWithTransactions() throws Exception {
        try (Connection idle = fixture.source().begin("UPDATE InnoDB SET Note = 'idle' WHERE Id = '7'")) {
            Thread.sleep(PAST_LOOKBACK_MILLIS);
            String moment = moment();
            load("InnoDB");
            load("MyISAM");
            idle.rollback();

            assertThat(secondsUntil(moment, "InnoDB")).isGreaterThanOrEqualTo(2);
            assertThat(secondsUntil(moment, "MyISAM")).isLessThan(2);
        }
    }

    @Test
    @Tag(Extent.CORE)
    @OnlyOn(value = Products.ALL_BUT_MYSQL_5_5, because = "a transaction that only reads cannot be declared before 5.6")
    void aTransactionThatOnlyReadsHoldsBackNothing() throws Exception {
        try (Connection reading = fixture.source().connect();
                Statement statement = reading.createStatement()) {
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            statement.executeQuery("SELECT COUNT(*) FROM InnoDB").close();
            Thread.sleep(PAST_LOOKBACK_MILLIS);
            String moment = moment();

            load("InnoDB");

            assertThat(secondsUntil(moment, "InnoDB")).isLessThan(2);
        }
    }

    /** Now, in UTC; the clocks of both servers are this machine's. */
    private String moment() {
        return fixture.target().value("SELECT now() AT TIME ZONE 'UTC'");
    }

    /** How far before that moment the watermark stayed, however long the load then took; negative: it is later. */
    private double secondsUntil(String moment, String table) {
        return Double.parseDouble(
                fixture.status(table, "extract(epoch FROM timestamp '" + moment + "' - last_loaded)"));
    }

    /** As an administrator does, with the client. */
    private void runScript() throws Exception {
        String client = TestServers.sourceClient(TestServers.source(), database);
        Process process = new ProcessBuilder("sh", "-c", client + " < " + SCRIPT)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private String statusMessage(String table) {
        try (Databases databases = Databases.openTarget(fixture.configuration().settings())) {
            return new StatusReport(databases.warehouse())
                    .read().stream()
                            .filter(line -> line.table().equals(table))
                            .findFirst()
                            .orElseThrow()
                            .message();
        }
    }

    private void loadTwicePastTheLookback() throws InterruptedException {
        Thread.sleep(PAST_LOOKBACK_MILLIS);
        load("InnoDB");
        load("InnoDB");
    }

    private void load(String table) {
        assertThat(fixture.load(table).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private void assertSameRows() {
        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw.\"InnoDB\""),
                fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM InnoDB"));
    }
}
