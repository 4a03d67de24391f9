package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the packaged program at any moment; ten times in a full run. */
@Tag(Extent.SMOKE)
class KillIT {
    /** The same rows in the words of either server: one line per row, every byte of it. */
    private static final String SOURCE_DIGEST = "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', id, v, HEX(note)))) FROM t";

    private static final String SOURCE_ROWS = "SELECT id, v, HEX(note) FROM t ORDER BY id";
    private static final String TARGET_ROWS =
            "SELECT id, v, upper(encode(convert_to(note, 'UTF8'), 'hex')) FROM raw.t ORDER BY id";
    private static final String WRITES = "SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables"
            + " WHERE schemaname = 'raw' AND relname = 't'";

    private static final int KILLS = Extent.of(2, 10);

    private final LoaderFixture fixture = new LoaderFixture();
    private final Random random = new Random(20261123);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void loadsAfterKillsCompleteEveryRow() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int NOT NULL PRIMARY KEY, v int, note text,"
                                + " edited timestamp NOT NULL DEFAULT '2001-01-01') CHARACTER SET utf8mb4",
                        "INSERT INTO t (id, v, note) SELECT seq, 0, CONCAT('né\\t', seq) FROM seq_1_to_120000");
        fixture.set("LOADER_PAGE_ROWS", "500").tables("t: {incremental_columns: [edited], lookback: 1s}");

        for (int kill = 0; kill < KILLS; kill++) {
            if (kill == KILLS / 2) {
                finish();
                fixture.source().execute("UPDATE t SET v = 1, edited = NOW() WHERE id % 2 = 0");
            }
            killed();
        }
        finish();

        assertThat(fixture.source().value(SOURCE_DIGEST)).startsWith("120000|");
        assertThat(fixture.target().rows(TARGET_ROWS))
                .isEqualTo(fixture.source().rows(SOURCE_ROWS));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter"))
                .isZero();

        String writes = writes();
        finish();
        assertThat(fixture.status("t", "rows_inserted + rows_updated")).isEqualTo("0");
        assertThat(writes()).isEqualTo(writes);
    }

    /** Starts a load, waits until it is somewhere in the middle, and kills it. */
    private void killed() throws Exception {
        Process process = JarRun.start(fixture.environment(), "once");
        long chunks = chunks();
        while (process.isAlive() && chunks() == chunks) {
            Thread.sleep(5);
        }
        process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    private long chunks() {
        if (fixture.target().count("SELECT count(*) FROM pg_tables WHERE tablename = 'etl_load_status'") == 0) {
            return -1;
        }
        return fixture.target().count("SELECT coalesce(sum(chunks + 1000 * epoch), 0) FROM raw.etl_load_status");
    }

    private void finish() {
        JarRun run = JarRun.of(fixture.environment(), "once");
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    private String writes() throws InterruptedException {
        // A backend reports its writes when it ends, at the latest.
        Thread.sleep(500);
        return fixture.target().value(WRITES);
    }
}
