package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.source.SourceClock;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Rows;
import io.postgresloader.testing.Sampled;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Rows that are written at one time and can be seen only later, after other loads have passed. */
@Timeout(120)
@Tag(Extent.SMOKE)
@Tag(Extent.CORE)
class LateCommitIT {
    /** Longer than the lookback of a second and the second that ages are rounded by. */
    private static final long PAST_LOOKBACK_MILLIS = 2_500;

    private static final String UPDATE_CHOSEN =
            "UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = (SELECT Id FROM chosen)";

    private static final String LATE = "SELECT \"Note\" FROM raw.visit WHERE \"Id\" = '7'";

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final Logger openWork = (Logger) LoggerFactory.getLogger(SourceClock.class);

    @BeforeEach
    void listen() {
        warnings.start();
        openWork.addAppender(warnings);
    }

    @AfterEach
    void close() {
        openWork.detachAppender(warnings);
        fixture.close();
    }

    /** With a key of text there is no key arm that would bring the row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "varchar(10); UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = '7'",
                "varchar(10); INSERT INTO visit VALUES ('1000', 'late', NOW())",
                "int;         UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = 7",
                "int;         INSERT INTO visit VALUES (1000, 'late', NOW())"
            })
    void aRowOfATransactionThatOutlastsTheLookbackArrives(String keyType, String write) throws Exception {
        create(keyType, "InnoDB", "1s");
        try (Connection writer = fixture.source().begin(write)) {
            loadTwicePastTheLookback();
            writer.commit();
        }

        load();

        assertSameRows();
    }

    /** The keys are handed out in order, and committed out of order. */
    @ParameterizedTest
    @Sampled(oneOf = 3)
    @ValueSource(strings = {"NOW()", "'0001-01-01'", "'1980-01-01'"})
    void aLowerKeyThatIsCommittedLateArrives(String edited) throws Exception {
        create("int", "InnoDB", "1s");
        // From now on the greatest key on record is one that no transaction can be older than.
        loadTwicePastTheLookback();
        String insert = "INSERT INTO visit (Note, Edited) VALUES ('late', " + edited + ")";
        try (Connection writer = fixture.source().begin(insert)) {
            fixture.source().execute(insert, insert);
            loadTwicePastTheLookback();
            assertThat(fixture.target().count("SELECT count(*) FROM raw.visit WHERE \"Note\" = 'late'"))
                    .isEqualTo(2);
            writer.commit();
        }

        load();

        assertSameRows();
    }

    @Test
    void aTransactionThatRollsBackLeavesNothing() throws Exception {
        create("int", "InnoDB", "1s");
        try (Connection writer = fixture.source().begin("INSERT INTO visit (Note, Edited) VALUES ('late', NOW())")) {
            loadTwicePastTheLookback();
            writer.rollback();
        }

        load();

        assertSameRows();
    }

    @Test
    void withoutThePrivilegeTheLookbackCoversTransactions() throws Exception {
        fixture.withoutProcess();
        create("varchar(10)", "InnoDB", "1m");
        try (Connection writer =
                fixture.source().begin("UPDATE visit SET Note = 'late', Edited = NOW() WHERE Id = '7'")) {
            loadTwicePastTheLookback();
            writer.commit();
        }

        load();

        assertSameRows();
        assertThat(warnings.list).hasSize(1);
        assertThat(warnings.list.get(0).getFormattedMessage()).contains("GRANT PROCESS");
    }

    /**
     * NOW() is the time at which a statement began, however long it waits, and no transaction begins before it has its
     * locks. The lock is on another table, since reads of a table queue behind a write that waits for it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"MyISAM", "InnoDB"})
    void aStatementThatWaitsForATableLockArrives(String engine) throws Exception {
        create("varchar(10)", engine, "1s");
        AtomicReference<CompletableFuture<Void>> update = new AtomicReference<>();

        loadTwiceWhileItWaits(
                engine,
                () -> update.set(
                        CompletableFuture.runAsync(() -> fixture.source().execute(UPDATE_CHOSEN))));

        update.get().get(30, TimeUnit.SECONDS);
        load();
        assertSameRows();
        assertThat(fixture.target().value(LATE)).isEqualTo("late");
    }

    /** The process list shows an event's statement under another command than a client's. */
    @Test
    void anEventThatWaitsForATableLockArrives() throws Exception {
        create("varchar(10)", "MyISAM", "1s");
        String scheduler = fixture.source().value("SELECT @@global.event_scheduler");
        fixture.source().execute("SET GLOBAL event_scheduler = ON");
        try {
            loadTwiceWhileItWaits("MyISAM", () -> fixture.source()
                    .execute("CREATE EVENT late ON SCHEDULE AT NOW() DO " + UPDATE_CHOSEN));
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> fixture.source().count("SELECT COUNT(*) FROM visit WHERE Note = 'late'") == 1);
        } finally {
            fixture.source().execute("SET GLOBAL event_scheduler = " + scheduler);
        }

        load();

        assertSameRows();
        assertThat(fixture.target().value(LATE)).isEqualTo("late");
    }

    /** @param update starts {@link #UPDATE_CHOSEN}, which waits for the lock */
    private void loadTwiceWhileItWaits(String engine, Runnable update) throws Exception {
        fixture.source()
                .execute("CREATE TABLE chosen (Id varchar(10)) ENGINE=" + engine, "INSERT INTO chosen VALUES (7)");
        try (Connection holder = fixture.source().connect();
                Statement lock = holder.createStatement()) {
            lock.execute("LOCK TABLES chosen WRITE");
            update.run();
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> fixture.source()
                                    .count("SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE"
                                            + " 'Waiting for table%' AND db = DATABASE()")
                            == 1);
            loadTwicePastTheLookback();
            lock.execute("UNLOCK TABLES");
        }
    }

    private void create(String keyType, String engine, String lookback) {
        boolean numbered = keyType.equals("int");
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id " + keyType + " NOT NULL " + (numbered ? "AUTO_INCREMENT " : "")
                                + "PRIMARY KEY, Note varchar(20) NOT NULL, Edited datetime NOT NULL) ENGINE=" + engine,
                        "INSERT INTO visit SELECT seq, 'old', NOW() - INTERVAL 1 DAY FROM seq_1_to_50");
        fixture.tables("visit: {incremental_columns: [Edited], skip_unchanged: false, lookback: " + lookback + "}");
        assertThat(fixture.load("visit").type()).contains(LoadType.FULL);
    }

    /** The second load's watermark would be past anything written before, were it the clock's. */
    private void loadTwicePastTheLookback() throws InterruptedException {
        Thread.sleep(PAST_LOOKBACK_MILLIS);
        load();
        load();
    }

    private void load() {
        LoadResult result = fixture.load("visit");
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(result.type()).as(result.toString()).contains(LoadType.INCREMENTAL);
    }

    private void assertSameRows() {
        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw.visit"),
                fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM visit"));
    }
}
