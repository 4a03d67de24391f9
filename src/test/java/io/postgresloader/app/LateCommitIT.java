package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that commit after a load has passed the time at which they wrote. */
class LateCommitIT {
    private static final String TABLE =
            """
            CREATE TABLE t (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, v int NOT NULL DEFAULT 0,
              edited timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
              entered datetime NOT NULL DEFAULT '0001-01-01') ENGINE=InnoDB""";

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET v = 1 WHERE id <= 3",
                "INSERT INTO t (v) SELECT seq FROM seq_1_to_5",
                "INSERT INTO t (v, edited, entered) SELECT seq, '2001-01-01', '0001-01-01' FROM seq_1_to_5"
            })
    void aTransactionThatIsOpenForLongerThanTheLookbackIsNotMissed(String change) throws Exception {
        fixture.source().execute(TABLE, "INSERT INTO t (v) SELECT 0 FROM seq_1_to_10");
        fixture.tables("t: {incremental_columns: [edited], lookback: 1s}").load("t");

        try (Connection late = fixture.source().connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute(change);
            for (int i = 0; i < 4; i++) {
                fixture.source().execute("INSERT INTO t (v) VALUES (100)");
                fixture.load("t");
                Thread.sleep(1000);
            }
            late.commit();
        }
        fixture.load("t");

        assertEqualRows();
    }

    @Test
    void aStormOfSlowAndRolledBackTransactionsLosesNothing() throws Exception {
        fixture.source().execute(TABLE, "INSERT INTO t (v) SELECT 0 FROM seq_1_to_200");
        fixture.tables("t: {incremental_columns: [edited], lookback: 1s}").load("t");
        AtomicBoolean storm = new AtomicBoolean(true);
        List<Thread> writers = new ArrayList<>();
        for (int seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            writers.add(new Thread(() -> write(storm, random)));
        }
        writers.forEach(Thread::start);
        for (int i = 0; i < 25; i++) {
            fixture.load("t");
            Thread.sleep(300);
        }
        storm.set(false);
        for (Thread writer : writers) {
            writer.join();
        }
        fixture.load("t");

        assertThat(fixture.source().count("SELECT COUNT(*) FROM t")).isGreaterThan(220);
        assertEqualRows();
    }

    private void write(AtomicBoolean storm, Random random) {
        try (Connection connection = fixture.source().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (storm.get()) {
                statement.execute("UPDATE t SET v = v + 1 WHERE id = " + (1 + random.nextInt(200)));
                statement.execute("INSERT INTO t (v, edited) VALUES (7, '2001-01-01')");
                Thread.sleep(random.nextInt(10) == 0 ? 2500 : random.nextInt(100));
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            // A deadlock ends this writer; the others go on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertEqualRows() {
        assertThat(fixture.target().rows("SELECT id, v FROM raw.t ORDER BY id"))
                .isEqualTo(fixture.source().rows("SELECT id, v FROM t ORDER BY id"));
    }
}
