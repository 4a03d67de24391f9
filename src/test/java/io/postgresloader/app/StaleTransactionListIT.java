package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Rows;
import io.postgresloader.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Others read {@code innodb_trx} as well, and so often that the server answers everybody from an old list. The server
 * is of this test alone: others would suffer.
 */
@Timeout(120)
class StaleTransactionListIT {
    private static final long PAST_LOOKBACK_MILLIS = 2_500;
    private static final int TOO_OFTEN_MILLIS = 20;

    private static SourceServer server;

    private final LoaderFixture fixture = new LoaderFixture(server);
    private final String database = fixture.source().value("SELECT DATABASE()");
    private final AtomicBoolean over = new AtomicBoolean();
    private Thread reader;

    @BeforeAll
    static void start() {
        server = TestServers.startSource("UTC0");
    }

    @AfterEach
    void close() throws InterruptedException {
        stopReading();
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "grant;    UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = '7'",
                "grant;    INSERT INTO visit VALUES ('1000', 'late', NOW())",
                "function; UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = '7'"
            })
    void aTransactionMissingFromTheListHoldsBackWatermarks(String sight, String write) throws Exception {
        create("InnoDB", sight);
        load();
        String loaded = fixture.status("visit", "last_loaded");
        readEvery(TOO_OFTEN_MILLIS);
        try (Connection writer = fixture.source().begin(write)) {
            Thread.sleep(PAST_LOOKBACK_MILLIS);
            load();
            assertThat(fixture.status("visit", "notes")).contains("list of open transactions is not renewed");
            load();
            assertThat(fixture.status("visit", "last_loaded")).isEqualTo(loaded);
            writer.commit();
        }

        load();

        assertSameRows();
    }

    /** It has no earlier watermark to stay at. */
    @Test
    void aNewTableMissesNothing() throws Exception {
        create("InnoDB", "grant");
        readEvery(TOO_OFTEN_MILLIS);
        try (Connection writer =
                fixture.source().begin("UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = '7'")) {
            Thread.sleep(PAST_LOOKBACK_MILLIS);
            load();
            load();
            writer.commit();
        }

        load();

        assertSameRows();
    }

    @Test
    void watermarksAdvanceWhenTheReaderStops() throws Exception {
        create("InnoDB", "grant");
        load();
        readEvery(TOO_OFTEN_MILLIS);
        load();
        stopReading();

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    load();
                    return fixture.status("visit", "notes").equals("∅");
                });
        assertThat(secondsBehind()).isLessThan(2);
    }

    /** A monitor's second reading, or another loader's, falls into the time that the loader waits. */
    @ParameterizedTest
    @CsvSource({"InnoDB, 150", "InnoDB, 1000", "MyISAM, 20"})
    void aCompleteListHoldsBackNothing(String engine, int millis) throws Exception {
        create(engine, "grant");
        load();
        readEvery(millis);
        for (int i = 0; i < 3; i++) {
            Thread.sleep(300);
            load();
        }

        assertThat(secondsBehind()).isLessThan(4);
        if (engine.equals("InnoDB")) {
            assertThat(fixture.status("visit", "notes")).isEqualTo("∅");
        }
    }

    private void create(String engine, String sight) throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id varchar(10) NOT NULL PRIMARY KEY, Note varchar(20) NOT NULL,"
                                + " Edited datetime NOT NULL) ENGINE=" + engine,
                        "INSERT INTO visit SELECT seq, 'old', NOW() - INTERVAL 1 DAY FROM seq_1_to_50");
        fixture.tables("visit: {incremental_columns: [Edited], skip_unchanged: false, lookback: 1s}");
        if (sight.equals("function")) {
            String script = Files.readString(Path.of("config", "source-horizon.sql"));
            fixture.source()
                    .execute(script.substring(script.indexOf("CREATE DEFINER"))
                            .strip()
                            .replaceAll(";$", ""));
            fixture.asUserWhoMayOnlyRead("reader");
            fixture.source()
                    .execute("GRANT EXECUTE ON FUNCTION " + database
                            + ".postgres_loader_open_work TO 'reader'@'127.0.0.1'");
        }
    }

    /** Begins, and returns when the list is as old as it will be. */
    private void readEvery(int millis) {
        AtomicInteger times = new AtomicInteger();
        reader = new Thread(() -> {
            try (Connection connection = fixture.source().connect()) {
                while (!over.get()) {
                    Database.rows(connection, "SELECT COUNT(*) FROM information_schema.innodb_trx");
                    times.incrementAndGet();
                    Thread.sleep(millis);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        reader.start();
        await().until(() -> times.get() >= 2);
    }

    private void stopReading() throws InterruptedException {
        over.set(true);
        if (reader != null) {
            reader.join();
        }
    }

    private void load() {
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private double secondsBehind() {
        return Double.parseDouble(
                fixture.status("visit", "extract(epoch FROM now() AT TIME ZONE 'UTC' - last_loaded)"));
    }

    private void assertSameRows() {
        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw.visit"),
                fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM visit"));
    }
}
