package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several writers at once, with slow transactions and with some that come to nothing, while loads go on. */
class StormIT {
    private static final int WRITERS = 4;
    private static final int ROWS = 500;
    private static final long SEED = 20_260_101;
    private static final long STORM_MILLIS = 10_000;
    private static final long LOAD_EVERY_MILLIS = 300;

    /** Beyond the lookback, so that the horizon matters. */
    private static final int SLOWEST_MILLIS = 4_000;

    private final LoaderFixture fixture = new LoaderFixture();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void close() {
        over.set(true);
        fixture.close();
    }

    @Test
    void noCommittedRowIsLostOrStale() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL AUTO_INCREMENT PRIMARY KEY, Note varchar(40) NOT NULL,"
                                + " Edited datetime NOT NULL, KEY (Edited)) ENGINE=InnoDB",
                        "INSERT INTO visit SELECT seq, 'old', NOW() - INTERVAL 1 DAY FROM seq_1_to_" + ROWS);
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 2s}");
        load();

        List<CompletableFuture<Integer>> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> write(new Random(SEED + i))))
                .toList();
        long end = System.nanoTime() + STORM_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            load();
            Thread.sleep(LOAD_EVERY_MILLIS);
        }
        over.set(true);
        for (CompletableFuture<Integer> writer : writers) {
            assertThat(writer.get()).as("transactions committed").isPositive();
        }
        load();

        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw.visit"),
                fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM visit"));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit WHERE \"Note\" <> 'old'"))
                .isPositive();
    }

    /** @return how many transactions were committed */
    private int write(Random random) {
        int committed = 0;
        try (Connection connection = fixture.source().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!over.get()) {
                committed += transaction(connection, statement, random) ? 1 : 0;
            }
        } catch (SQLException | InterruptedException e) {
            throw new AssertionError("a writer failed", e);
        }
        return committed;
    }

    private static boolean transaction(Connection connection, Statement statement, Random random)
            throws SQLException, InterruptedException {
        boolean slow = random.nextInt(10) == 0;
        try {
            for (int i = random.nextInt(3); i >= 0; i--) {
                statement.execute(change(random));
                Thread.sleep(slow ? random.nextInt(SLOWEST_MILLIS / 2) : random.nextInt(30));
            }
        } catch (SQLException e) {
            // A deadlock between writers: the server has rolled one of them back.
            assertThat(e.getErrorCode()).isIn(1205, 1213);
            connection.rollback();
            return false;
        }
        if (random.nextInt(5) == 0) {
            connection.rollback();
            return false;
        }
        connection.commit();
        return true;
    }

    private static String change(Random random) {
        String note = "'" + Long.toHexString(random.nextLong()) + "'";
        return switch (random.nextInt(4)) {
            case 0 -> "INSERT INTO visit (Note, Edited) VALUES (" + note + ", NOW())";
            case 1 -> "INSERT INTO visit (Note, Edited) VALUES (" + note + ", '0001-01-01')";
            default -> "UPDATE visit SET Note = " + note + ", Edited = NOW() WHERE Id = " + (1 + random.nextInt(ROWS));
        };
    }

    private void load() {
        LoadResult result = fixture.load("visit");
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
    }
}
