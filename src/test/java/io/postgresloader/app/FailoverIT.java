package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.TestServers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The target's primary is lost, and its standby is promoted, while a loader runs that knows both. */
@Tag(Extent.SLOW)
class FailoverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private EmbeddedPostgresServer primary;
    private EmbeddedPostgresServer promoted;
    private LoaderFixture fixture;
    private Database standby;

    @BeforeEach
    void aPrimaryWithAStandby() {
        primary = TestServers.startPostgres(Map.of("wal_keep_size", "512MB"));
        fixture = new LoaderFixture(TestServers.source(), primary);
        String database = fixture.target().value("SELECT current_database()");
        promoted = TestServers.startStandby(primary);
        standby = new Database(promoted.jdbcUrl(database), EmbeddedPostgresServer.USER, "");
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Edited datetime NOT NULL)",
                        "INSERT INTO visit VALUES (1, NOW()), (2, NOW())");
        fixture.set(
                        "TARGET_URL",
                        "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + promoted.port() + "/"
                                + database + "?targetServerType=primary")
                .set("LOADER_RETRIES", "1")
                .tables("visit: {load: incremental, incremental_columns: [Edited]}");
    }

    @AfterEach
    void close() {
        fixture.close();
        promoted.close();
        primary.close();
    }

    @Test
    void loadsGoOnWithThePromotedStandbyAndRepeatWhatItLost() {
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        // The server commits asynchronously: what it has written may end before the load.
        String end = fixture.target().value("SELECT pg_current_wal_insert_lsn()");
        await().atMost(PATIENCE).until(() -> standby.value("SELECT pg_last_wal_replay_lsn() >= '" + end + "'")
                .matches("t|true|1"));
        standby.execute("ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> standby.count("SELECT count(*) FROM pg_stat_wal_receiver") == 0);
        fixture.source().execute("INSERT INTO visit VALUES (3, NOW())");
        assertThat(fixture.load("visit").counts().inserted()).isEqualTo(1);
        fixture.source().execute("INSERT INTO visit VALUES (4, NOW())");
        primary.close();

        LoadResult between = fixture.load("visit");
        assertThat(between.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(between.failure().orElseThrow().kind()).isEqualTo(FailureKind.TRANSIENT);
        standby.value("SELECT pg_promote()");

        LoadResult after = fixture.load("visit");
        assertThat(after.outcome()).as(after.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(after.type()).as(after.toString()).hasValue(LoadType.INCREMENTAL);
        assertThat(after.counts().inserted()).isEqualTo(2);
        assertThat(standby.rows("SELECT \"Id\", \"Edited\" FROM raw.visit ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT * FROM visit ORDER BY 1"));
    }
}
