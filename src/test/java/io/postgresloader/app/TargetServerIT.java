package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.target.TargetEncoding;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** How the target's server was set up, and what happens to it, is said, and loads go on as soon as they can. */
@Timeout(120)
class TargetServerIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}: dead letters {1}")
    @CsvSource({"UTF8, 0", "SQL_ASCII, 0", "LATIN1, 2", "WIN1252, 1"})
    void anEncodingOtherThanUtf8IsSaidAtStart(String encoding, long deadLetters) {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(50)) CHARACTER SET utf8mb4",
                        // A sign that only UTF-8 has, the euro sign of Windows, and a letter of both.
                        "INSERT INTO visit VALUES (1, CONVERT(X'F09F98B7' USING utf8mb4)),"
                                + " (2, CONVERT(X'E282AC' USING utf8mb4)), (3, CONVERT(X'C3A9' USING utf8mb4))");
        String database = encoding.toLowerCase(Locale.ROOT) + "_target";
        fixture.target()
                .execute(
                        "DROP DATABASE IF EXISTS " + database,
                        "CREATE DATABASE " + database + " ENCODING '" + encoding
                                + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        fixture.tables("visit: {max_dead_letter_fraction: 1}")
                .set("TARGET_URL", fixture.target().url().replaceFirst("/[^/]*$", "/" + database));

        LoadResult loaded = fixture.load("visit");

        assertThat(loaded.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(loaded.counts().deadLettered()).isEqualTo(deadLetters);
        Optional<String> warning = TargetEncoding.warning(fixture.services().warehouse());
        assertThat(warning.isPresent()).isEqualTo(!encoding.equals("UTF8"));
        warning.ifPresent(text -> assertThat(text)
                .contains("the encoding " + encoding)
                .contains("create the database with ENCODING 'UTF8'"));
    }

    @Test
    void aCommitThatWaitsForAStandbySaysSo() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(50))",
                        "INSERT INTO visit VALUES (1, 'a')");
        String database = fixture.target().value("SELECT current_database()");
        fixture.target().execute("ALTER DATABASE " + database + " SET synchronous_commit = on");
        fixture.tables("visit:").loader();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(CommitWatch.class);
        logger.addAppender(log);
        try {
            standbys("SET synchronous_standby_names = 'absent'");
            CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> fixture.load("visit"));
            await().atMost(1, TimeUnit.MINUTES).until(() -> !log.list.isEmpty());

            assertThat(log.list.get(0).getFormattedMessage())
                    .contains("wait for a synchronous standby")
                    .contains("synchronous_standby_names is 'absent'");
            assertThat(load).isNotDone();
            standbys("RESET synchronous_standby_names");
            assertThat(load.get().outcome()).isEqualTo(Outcome.SUCCESS);
        } finally {
            logger.detachAppender(log);
            standbys("RESET synchronous_standby_names");
        }
    }

    private void standbys(String change) {
        fixture.target().execute("ALTER SYSTEM " + change, "SELECT pg_reload_conf()");
    }

    /** After a fail-over the connections of the pool may lead to a server that is a standby now. */
    @Test
    void connectionsToAServerThatIsReadOnlyAreReplaced() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(50))",
                        "INSERT INTO visit VALUES (1, 'a'), (2, 'b')");
        fixture.tables("visit:");
        fixture.set("LOADER_RETRIES", "1");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        String database = fixture.target().value("SELECT current_database()");
        fixture.target()
                .execute(
                        "ALTER DATABASE " + database + " SET default_transaction_read_only = on",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'postgres-loader' AND datname = current_database()");
        LoadResult failed = fixture.load("visit");
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.failure().orElseThrow().sqlState()).contains("25006");
        fixture.target()
                .execute(
                        "SET default_transaction_read_only = off",
                        "ALTER DATABASE " + database + " RESET default_transaction_read_only");

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
    }
}
