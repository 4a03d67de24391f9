package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Rows;
import io.postgresloader.testing.SourceProduct;
import io.postgresloader.testing.TestServers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source is a replica: rows arrive there late, with the times that they were written at on its primary. */
@Timeout(180)
@OnlyOn(value = Products.ALL_BUT_MYSQL_5_5, because = "replicas are delayed since MySQL 5.6")
class ReplicaIT {
    /** Seconds; longer than the lookback and the time for which the primary may be silent together. */
    private static final int DELAY = 6;

    private static SourceServer primaryServer;
    private static SourceServer replicaServer;

    private LoaderFixture fixture;
    private Database primary;

    @BeforeAll
    static void start() {
        primaryServer = TestServers.startSource("UTC0", List.of("--server-id=1", "--log-bin=binlog"));
        replicaServer = TestServers.startSource("UTC0", List.of("--server-id=2", "--slave-net-timeout=2"));
        String right = SourceProduct.underTest().isMariaDb() ? "SLAVE MONITOR" : "REPLICATION CLIENT";
        admin(replicaServer).execute("GRANT " + right + " ON *.* TO 'loader'@'127.0.0.1'");
    }

    @AfterAll
    static void stop() {
        replicaServer.close();
        primaryServer.close();
    }

    /** With a key of text there is no key arm that would bring a row. */
    @BeforeEach
    void replicate() {
        fixture = new LoaderFixture(replicaServer);
        String database = fixture.source().value("SELECT DATABASE()");
        // MySQL makes a replicated table in the character set of the replica's database.
        admin(primaryServer)
                .execute("CREATE DATABASE " + database + " CHARACTER SET "
                        + fixture.source().value("SELECT @@character_set_database"));
        primary = new Database(primaryServer.jdbcUrl(database), SourceServer.WRITER, SourceServer.PASSWORD);
        String[] position = primary.rows("SHOW MASTER STATUS").get(0).split("\\|");
        fixture.source()
                .execute(
                        "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=" + primaryServer.port()
                                + ", MASTER_USER='" + SourceServer.WRITER + "', MASTER_PASSWORD='"
                                + SourceServer.PASSWORD + "', MASTER_LOG_FILE='" + position[0]
                                + "', MASTER_LOG_POS=" + position[1]
                                + ", MASTER_SSL=0, MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_DELAY=0",
                        "START SLAVE");
        primary.execute(
                "CREATE TABLE visit (Id varchar(10) NOT NULL PRIMARY KEY, Note varchar(20) NOT NULL,"
                        + " Edited datetime NOT NULL) ENGINE=InnoDB",
                "INSERT INTO visit VALUES " + rows());
        awaitApplied();
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, skip_unchanged: false}");
        assertThat(load().type()).contains(LoadType.FULL);
    }

    @AfterEach
    void close() {
        fixture.source().execute("SET GLOBAL read_only = 0", "STOP SLAVE", "RESET SLAVE ALL");
        fixture.close();
    }

    @Test
    void rowsThatAReplicaAppliesLateAreNotLost() throws Exception {
        fixture.source().execute("STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY=" + DELAY, "START SLAVE");

        for (int row = 1; row <= 20; row++) {
            edit(row);
            load();
            Thread.sleep(500);
        }
        awaitApplied();
        load();

        assertSameRows();
        assertThat(fixture.status("visit", "notes")).contains("the source is a replica");
    }

    @Test
    void watermarksStayWhileAReplicaDoesNotFollow() throws Exception {
        String watermark = fixture.status("visit", "watermarks->>'horizon'");
        fixture.source().execute("STOP SLAVE");
        edit(7);
        Thread.sleep(5_000);
        load();
        load();

        assertThat(fixture.status("visit", "watermarks->>'horizon'")).isEqualTo(watermark);
        assertThat(fixture.status("visit", "notes"))
                .contains("does not follow its primary (receives: No, applies: No): watermarks stay");

        fixture.source().execute("START SLAVE");
        awaitApplied();
        load();

        assertSameRows();
        assertThat(fixture.status("visit", "watermarks->>'horizon'")).isGreaterThan(watermark);
    }

    /** Both sides are equal all the time, since the replica has not deleted the row either. */
    @Test
    void whatAReplicaHasNotAppliedIsNotClaimed() {
        fixture.source().execute("STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY=" + DELAY, "START SLAVE");
        primary.execute("DELETE FROM visit WHERE Id = '7'");
        edit(8);
        String changed = primary.value("SELECT UTC_TIMESTAMP(6)");

        load();
        fixture.repair("visit");

        assertThat(fixture.status("visit", "verify_result")).isEqualTo("equal");
        assertThat(claimed(changed)).isEqualTo("f|f");
        await().atMost(60, TimeUnit.SECONDS).until(() -> {
            load();
            fixture.repair("visit");
            return claimed(changed).equals("t|t");
        });
        assertSameRows();
    }

    /** Whether the table is said to be loaded, and complete, up to a time. */
    private String claimed(String utc) {
        return fixture.target()
                .value("SELECT loaded_up_to >= t, complete_up_to >= t FROM raw.etl_freshness, (SELECT timestamptz '"
                        + utc + "+00' AS t) c WHERE table_name = 'visit'");
    }

    /** What reached it is applied, and nobody knows what did not. */
    @Test
    void aReplicaThatLostItsPrimaryDoesNotFollow() {
        fixture.source().execute("STOP SLAVE IO_THREAD");
        String watermark = fixture.status("visit", "watermarks->>'horizon'");

        load();

        assertThat(fixture.status("visit", "watermarks->>'horizon'")).isEqualTo(watermark);
        assertThat(fixture.status("visit", "notes")).contains("(receives: No, applies: Yes)");
    }

    @Test
    void withoutThePrivilegeAReadOnlySourceIsReported() {
        fixture.asUserWhoMayOnlyRead("reader_5");
        fixture.source().execute("SET GLOBAL read_only = 1");

        load();

        assertThat(fixture.status("visit", "notes"))
                .contains("the source is read-only, so that it may be a replica")
                .contains("SLAVE MONITOR");
    }

    private static String rows() {
        return IntStream.rangeClosed(1, 50)
                .mapToObj(row -> "('" + row + "', 'old', NOW() - INTERVAL 1 DAY)")
                .collect(Collectors.joining(", "));
    }

    private void edit(int row) {
        primary.execute("UPDATE visit SET Note = 'edited', Edited = NOW() WHERE Id = '" + row + "'");
    }

    private LoadResult load() {
        LoadResult result = fixture.load("visit");
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
        return result;
    }

    private void awaitApplied() {
        String checksum = "SELECT COUNT(*), SUM(CRC32(CONCAT(Id, Note, Edited))) FROM visit";
        String written = primary.value(checksum);
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .ignoreExceptionsMatching(e -> true)
                .until(() -> tableArrived() && fixture.source().value(checksum).equals(written));
    }

    private boolean tableArrived() {
        return !fixture.source().rows("SHOW TABLES LIKE 'visit'").isEmpty();
    }

    private void assertSameRows() {
        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"Note\", \"Edited\"::text FROM raw.visit"),
                primary.rows("SELECT Id, Note, CAST(Edited AS char) FROM visit"));
    }

    private static Database admin(SourceServer server) {
        return new Database(server.jdbcUrl(""), SourceServer.WRITER, SourceServer.PASSWORD);
    }
}
