package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.demo.EmbeddedMariaDb;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.ClockChange;
import io.postgresloader.testing.Rows;
import io.postgresloader.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The source's zone changes its clocks while rows are written and loaded: both nights of a year, at the same moment. */
class ClockChangeIT {
    /** Written each second, the row of that second's number. */
    private static final List<String> TICKING = List.of("wall", "stamp");

    /** Written before the change by a transaction that commits after it. Keys of text: no key arm brings them. */
    private static final List<String> LATE = List.of("late_wall", "late_stamp");

    private static final int ROWS = 300;
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    private final List<Night> nights = new ArrayList<>();
    private LocalDateTime change;

    @BeforeEach
    void start() throws SQLException {
        TestServers.postgres();
        // Long enough for both servers to start before.
        Duration ahead = Duration.ofSeconds(18);
        while (nights.isEmpty() || !nights.get(0).clock().plusSeconds(3).isBefore(change)) {
            close();
            change = LocalDateTime.now(ZoneOffset.UTC)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .plus(ahead);
            for (ClockChange kind : ClockChange.values()) {
                nights.add(new Night(kind, change));
            }
            ahead = ahead.multipliedBy(2);
        }
    }

    @AfterEach
    void close() throws SQLException {
        for (Night night : nights) {
            night.close();
        }
        nights.clear();
    }

    @Test
    void nothingIsLostWhenTheClocksChange() throws Exception {
        nights.forEach(night -> assertThat(night.offset()).isEqualTo(night.offsetBefore));
        for (int second = 1; nights.get(0).clock().isBefore(change.plus(AFTERWARDS)); second++) {
            for (Night night : nights) {
                night.tick(second);
            }
            Thread.sleep(900);
        }
        assertThat(nights.get(0).offset()).isEqualTo(nights.get(0).offsetBefore - 60);
        assertThat(nights.get(1).offset()).isEqualTo(nights.get(1).offsetBefore + 60);

        for (Night night : nights) {
            night.commitLate();
            night.tick(ROWS);
            night.assertSameRows();
        }
    }

    /** A source that changes its clocks, and a loader that reads it. */
    private static final class Night implements AutoCloseable {
        private final EmbeddedMariaDb server;
        private final LoaderFixture fixture;
        private final Connection late;
        private final long offsetBefore;

        Night(ClockChange kind, LocalDateTime change) throws SQLException {
            server = TestServers.startMariaDb(kind.zoneChangingAt(change));
            fixture = new LoaderFixture(server);
            StringBuilder tables = new StringBuilder();
            TICKING.forEach(table -> create(table, "int", "MyISAM", tables));
            LATE.forEach(table -> create(table, "varchar(10)", "InnoDB", tables));
            fixture.tables(tables.toString());
            loadAll();
            offsetBefore = offset();
            late = fixture.source().connect();
            late.setAutoCommit(false);
            try (Statement statement = late.createStatement()) {
                for (String table : LATE) {
                    statement.execute("UPDATE " + table + " SET Note = 'late', Edited = NOW() WHERE Id = '7'");
                }
            }
        }

        /** The edited time of each row is long past, whatever hour the clocks show. */
        private void create(String table, String keyType, String engine, StringBuilder tables) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id " + keyType + " NOT NULL PRIMARY KEY,"
                                    + " Note varchar(20) NOT NULL, Edited "
                                    + (table.endsWith("stamp") ? "timestamp" : "datetime") + " NOT NULL) ENGINE="
                                    + engine,
                            "INSERT INTO " + table + " SELECT seq, 'old', NOW() - INTERVAL 3 DAY FROM seq_1_to_"
                                    + ROWS);
            tables.append(table).append(": {incremental_columns: [Edited], lookback: 1s}\n");
        }

        void tick(int second) {
            TICKING.forEach(table -> fixture.source()
                    .execute("UPDATE " + table + " SET Note = 'edited', Edited = NOW() WHERE Id = " + second));
            loadAll();
        }

        void commitLate() throws SQLException {
            late.commit();
        }

        private void loadAll() {
            for (List<String> tables : List.of(TICKING, LATE)) {
                for (String table : tables) {
                    LoadResult result = fixture.load(table);
                    assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
                }
            }
        }

        LocalDateTime clock() {
            return LocalDateTime.parse(fixture.source().value("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%T')"));
        }

        /** Minutes that the wall clock is ahead of UTC. */
        long offset() {
            return fixture.source().count("SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())");
        }

        void assertSameRows() {
            for (String table : List.of("wall", "late_wall")) {
                Rows.assertSame(
                        fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw." + table),
                        fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM " + table));
            }
            for (String table : List.of("stamp", "late_stamp")) {
                Rows.assertSame(
                        fixture.target()
                                .rows("SELECT \"Id\", \"Note\", extract(epoch FROM \"Edited\")::bigint FROM raw."
                                        + table),
                        fixture.source().rows("SELECT Id, Note, UNIX_TIMESTAMP(Edited) FROM " + table));
            }
        }

        @Override
        public void close() throws SQLException {
            late.close();
            fixture.close();
            server.close();
        }
    }
}
