package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM in the middle of a load. */
class StopIT {
    private static final int PROMISED_SECONDS = 8;

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void aTableOfManyChunks() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int NOT NULL PRIMARY KEY, note text)",
                        "INSERT INTO t SELECT seq, REPEAT('x', 100) FROM seq_1_to_50000");
        fixture.set("LOADER_PAGE_ROWS", "200").tables("t:").loader();
        fixture.stop();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @Sampled(oneOf = 2)
    @ValueSource(strings = {"run", "once"})
    void aLoadStopsAtItsNextChunkAndIsResumed(String command) throws Exception {
        Process process = JarRun.start(fixture.environment(), command);
        while (process.isAlive() && (rows() == 0 || command.equals("run") && loaders("true") == 0)) {
            Thread.sleep(20);
        }
        process.destroy();

        assertThat(process.waitFor(PROMISED_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(fixture.status("t", "load_status")).isEqualTo("interrupted");
        assertThat(loaders("ended_at IS NOT NULL")).isEqualTo(command.equals("run") ? 1 : 0);
        long loaded = rows();
        assertThat(loaded).isBetween(200L, 49_800L).matches(rows -> rows % 200 == 0);
        assertThat(fixture.status("t", "rows_loaded")).isEqualTo(String.valueOf(loaded));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter"))
                .isZero();
        assertCompletes();
    }

    @Test
    void aChunkThatCannotEndIsRolledBack() throws Exception {
        Process process = JarRun.start(fixture.environment(), "once");
        while (process.isAlive() && rows() == 0) {
            Thread.sleep(20);
        }
        try (Connection blocker = fixture.target().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE raw.t IN ACCESS EXCLUSIVE MODE");
            process.destroy();

            assertThat(process.waitFor(PROMISED_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rows() % 200).isZero();
        assertCompletes();
    }

    private void assertCompletes() {
        JarRun next = JarRun.of(fixture.environment(), "once");
        assertThat(next.exitCode()).as(next.toString()).isZero();
        assertThat(next.out()).contains("resumed: never loaded");
        assertThat(rows()).isEqualTo(50_000);
    }

    private long loaders(String which) {
        return fixture.target().count("SELECT count(*) FROM raw.etl_loader WHERE " + which);
    }

    private long rows() {
        if (fixture.target().value("SELECT to_regclass('raw.t')").equals("∅")) {
            return 0;
        }
        return fixture.target().count("SELECT count(*) FROM raw.t");
    }
}
