package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.TestServers;
import io.postgresloader.testing.TransactionPooler;
import io.postgresloader.testing.TransactionPooler.Mode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection pooler in front of the target: in session mode it works, in transaction mode it is found at start. */
@Timeout(120)
class PoolerIT {
    private final LoaderFixture fixture = new LoaderFixture();
    private final String direct = fixture.target().url();
    private TransactionPooler pooler;

    @BeforeEach
    void table() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(50))",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq) FROM seq_1_to_3000");
        fixture.tables("visit:");
    }

    @AfterEach
    void close() {
        fixture.close();
        pooler.close();
    }

    @ParameterizedTest(name = "{0}, {1} server connections are open")
    @CsvSource({
        "TRANSACTION_LAST, 0",
        "TRANSACTION_LAST, 3",
        "TRANSACTION_ROUND_ROBIN, 0",
        "TRANSACTION_ROUND_ROBIN, 1",
        "TRANSACTION_ROUND_ROBIN, 2",
        "TRANSACTION_ROUND_ROBIN, 3",
        "TRANSACTION_ROUND_ROBIN, 4"
    })
    void transactionModeIsFoundAtStart(Mode mode, int connections) throws Exception {
        pool(mode).open(connections, direct, EmbeddedPostgresServer.USER);

        assertThatThrownBy(() -> Session.open(fixture.configuration()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("the target database " + pooler.url(direct))
                .hasMessageContaining("a connection pooler in transaction mode answers there")
                .hasMessageContaining("pool_mode=session");
        assertThat(fixture.target().value("SELECT to_regclass('raw.etl_load_status')"))
                .isEqualTo("∅");
    }

    @Test
    void transactionModeIsFoundWhileOthersUseThePooler() throws Exception {
        pool(Mode.TRANSACTION_LAST).open(4, direct, EmbeddedPostgresServer.USER);
        Thread other = new Thread(this::query);
        other.setDaemon(true);
        other.start();

        assertThatThrownBy(() -> Session.open(fixture.configuration())).isInstanceOf(UnreachableException.class);
        other.interrupt();
        other.join();
    }

    @Test
    void sessionModeLoadsAndCompares() {
        pool(Mode.SESSION);

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.source().execute("UPDATE visit SET Note = 'x' WHERE Id = 7");
        assertThat(fixture.repair("visit").before().different()).isEqualTo(1);
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
    }

    @Test
    void commandsEndWithThree() {
        pool(Mode.TRANSACTION_LAST);

        for (List<String> command : List.of(List.of("once"), List.of("status"))) {
            JarRun run = JarRun.of(fixture.environment(), command.toArray(String[]::new));

            assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(run.err())
                    .contains("a connection pooler in transaction mode")
                    .hasLineCount(1);
        }
    }

    private TransactionPooler pool(Mode mode) {
        pooler = new TransactionPooler(TestServers.postgres().port(), mode);
        fixture.set("TARGET_URL", pooler.url(direct));
        return pooler;
    }

    private void query() {
        Database database = new Database(pooler.url(direct), EmbeddedPostgresServer.USER, "");
        while (!Thread.currentThread().isInterrupted()) {
            database.value("SELECT 1");
        }
    }
}
