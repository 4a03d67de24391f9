package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadRequest.Kind;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.StampedReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A reader that copies a table by its stamps and the deletes feed, at any moments, misses nothing: loads, repairs and
 * another writer write the table meanwhile, and the target's clock goes back.
 */
class StampedReaderIT {
    private static final int ROUNDS = Extent.of(16, 60);

    private final LoaderFixture fixture = new LoaderFixture();
    private final ExecutorService others = Executors.newFixedThreadPool(2);
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void close() throws InterruptedException {
        done.set(true);
        others.shutdown();
        assertThat(others.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"delete, 1", "mark, 2"})
    void aCopyByStampsEqualsTheTable(String deletes, int seed) throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime)"
                                + " ENGINE=InnoDB",
                        "INSERT INTO visit SELECT seq, 'first', '2020-01-01' FROM seq_1_to_30");
        fixture.set("LOADER_PAGE_ROWS", "10").set("LOADER_BATCH_ROWS", "5");
        fixture.tables("visit: {incremental_columns: [Edited], skip_unchanged: false, deletes: " + deletes + "}");
        fixture.load("visit");
        StampedReader reader = new StampedReader(fixture.target(), "visit", "\"Id\"::text", "key ->> 'Id'");
        Future<Void> reading = others.submit(untilDone(reader, new Random(seed)));
        Future<Void> rival = others.submit(untilDone(new Random(seed + 100)));

        work(new Random(seed + 200));

        done.set(true);
        rival.get();
        reading.get();
        fixture.repair("visit");
        reader.read(false);
        assertThat(reader.differences()).isEmpty();
        assertThat(fixture.target()
                        .rows("SELECT \"Id\", \"Note\" FROM raw.visit"
                                + (deletes.equals("mark") ? " WHERE _deleted_at IS NULL" : "") + " ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id, Note FROM visit ORDER BY 1"));
    }

    /** Changes rows, and loads or compares. */
    private void work(Random random) {
        for (int round = 0; round < ROUNDS; round++) {
            int key = 1 + random.nextInt(40);
            fixture.source()
                    .execute(
                            "REPLACE INTO visit VALUES (" + key + ", 'r" + round + "', NOW())",
                            "UPDATE visit SET Note = 'u" + round + "', Edited = NOW() WHERE Id % 7 = " + round % 7,
                            "DELETE FROM visit WHERE Id = " + (1 + random.nextInt(40)));
            if (round == ROUNDS / 3) {
                fixture.target()
                        .execute("UPDATE raw.etl_load_status SET stamped_up_to = stamped_up_to + interval '1 hour'"
                                + " WHERE table_name = 'visit'");
            }
            if (random.nextInt(3) == 0) {
                fixture.repair("visit");
            } else {
                Kind kind = random.nextBoolean() ? Kind.DUE : Kind.FULL;
                fixture.loader().load(new LoadRequest("visit", kind, true));
            }
        }
    }

    private Callable<Void> untilDone(StampedReader reader, Random random) {
        return () -> {
            while (!done.get()) {
                reader.read(random.nextBoolean());
                Thread.sleep(random.nextInt(15));
            }
            return null;
        };
    }

    /** A writer that follows the rule with the time at which it has the lock, later than a transaction that waits. */
    private Callable<Void> untilDone(Random random) {
        return () -> {
            while (!done.get()) {
                try (Connection connection = fixture.target().connect()) {
                    write(connection, random);
                }
                Thread.sleep(random.nextInt(30));
            }
            return null;
        };
    }

    private static void write(Connection connection, Random random) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM raw.etl_load_status WHERE table_name = 'visit' FOR UPDATE");
            Thread.sleep(random.nextInt(20));
            statement.execute("UPDATE raw.etl_load_status SET stamped_up_to = greatest(clock_timestamp(),"
                    + " stamped_up_to + interval '1 microsecond') WHERE table_name = 'visit'");
            statement.execute("UPDATE raw.visit SET \"Note\" = 'rival', _loaded_at = (SELECT stamped_up_to FROM"
                    + " raw.etl_load_status WHERE table_name = 'visit') WHERE \"Id\" = " + (1 + random.nextInt(40)));
        }
        connection.commit();
    }
}
