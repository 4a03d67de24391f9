package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.ClockChange;
import io.postgresloader.testing.Extent;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The source's zone changes its clocks while rows are written and loaded: both nights of a year, at the same moment. */
class ClockChangeIT {
    /**
     * Named after the type of their cursor. One source of each night has rows that are edited all the time; in the
     * other one, a transaction edits a row before the change and commits after it. Its keys are text, so that no key
     * arm brings the row.
     */
    private static final List<String> TABLES = List.of("datetime", "timestamp");

    private static final int ROWS = 300;
    /** Longer than the lookback: what is written meanwhile is not read again merely because it is recent. */
    private static final Duration WITHOUT_LOADS = Duration.ofSeconds(3);

    private static final Duration AFTERWARDS = Duration.ofSeconds(6);

    private final List<Night> nights = new ArrayList<>();
    private LocalDateTime change;

    @BeforeEach
    void start() throws SQLException {
        TestServers.postgres();
        // Long enough for both servers to start before.
        Duration ahead = Duration.ofSeconds(25);
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

    @Tag(Extent.SLOW)
    @Test
    void nothingIsLostWhenTheClocksChange() throws Exception {
        nights.forEach(night -> assertThat(night.offset()).isEqualTo(night.offsetBefore));
        for (int row = 1; nights.get(0).clock().isBefore(change.plus(AFTERWARDS)); row++) {
            boolean pause = !nights.get(0).clock().isBefore(change)
                    && nights.get(0).clock().isBefore(change.plus(WITHOUT_LOADS));
            for (Night night : nights) {
                night.edit(row);
                if (!pause) {
                    night.loadAll();
                }
            }
            Thread.sleep(500);
        }
        assertThat(nights.get(0).offset()).isEqualTo(nights.get(0).offsetBefore - 60);
        assertThat(nights.get(1).offset()).isEqualTo(nights.get(1).offsetBefore + 60);

        for (Night night : nights) {
            night.commitLate();
            night.loadAll();
            night.assertSameRows();
        }
    }

    /** A source that changes its clocks, and two loaders that read it. */
    private static final class Night implements AutoCloseable {
        private final SourceServer server;
        private final LoaderFixture ticking;
        private final LoaderFixture late;
        private final Connection transaction;
        private final long offsetBefore;

        Night(ClockChange kind, LocalDateTime change) throws SQLException {
            server = TestServers.startSource(kind.zoneChangingAt(change));
            // It does not see the late transaction, which would hold its watermarks back for the whole night.
            ticking = new LoaderFixture(server).withoutProcess();
            late = new LoaderFixture(server);
            create(ticking, "int", "MyISAM");
            create(late, "varchar(10)", "InnoDB");
            loadAll();
            offsetBefore = offset();
            transaction = late.source().connect();
            transaction.setAutoCommit(false);
            try (Statement statement = transaction.createStatement()) {
                for (String table : TABLES) {
                    statement.execute("UPDATE " + table + " SET Note = 'late', Edited = NOW() WHERE Id = '7'");
                }
            }
        }

        /** The edited time of each row is long past at any hour that the clocks show. */
        private static void create(LoaderFixture fixture, String keyType, String engine) {
            StringBuilder tables = new StringBuilder();
            for (String table : TABLES) {
                fixture.source()
                        .execute(
                                "CREATE TABLE " + table + " (Id " + keyType + " NOT NULL PRIMARY KEY,"
                                        + " Note varchar(20) NOT NULL, Edited " + table + " NOT NULL) ENGINE=" + engine,
                                "INSERT INTO " + table + " SELECT seq, 'old', NOW() - INTERVAL 3 DAY FROM seq_1_to_"
                                        + ROWS);
                tables.append(table).append(": {incremental_columns: [Edited], lookback: 1s}\n");
            }
            fixture.tables(tables.toString());
        }

        void edit(int row) {
            TABLES.forEach(table -> ticking.source()
                    .execute("UPDATE " + table + " SET Note = 'edited', Edited = NOW() WHERE Id = " + row));
        }

        void commitLate() throws SQLException {
            transaction.commit();
        }

        void loadAll() {
            for (LoaderFixture fixture : List.of(ticking, late)) {
                for (String table : TABLES) {
                    LoadResult result = fixture.load(table);
                    assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
                }
            }
        }

        LocalDateTime clock() {
            return LocalDateTime.parse(late.source().value("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%T')"));
        }

        /** Minutes that the wall clock is ahead of UTC. */
        long offset() {
            return late.source().count("SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())");
        }

        void assertSameRows() {
            for (LoaderFixture fixture : List.of(ticking, late)) {
                Rows.assertSame(
                        fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw.datetime"),
                        fixture.source().rows("SELECT Id, Note, CAST(Edited AS char) FROM datetime"));
                Rows.assertSame(
                        fixture.target()
                                .rows("SELECT \"Id\", \"Note\", extract(epoch FROM \"Edited\")::bigint"
                                        + " FROM raw.timestamp"),
                        fixture.source().rows("SELECT Id, Note, UNIX_TIMESTAMP(Edited) FROM timestamp"));
            }
        }

        @Override
        public void close() throws SQLException {
            transaction.close();
            ticking.close();
            late.close();
            server.close();
        }
    }
}
