package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is stopped by SIGSTOP in the middle of a load, and others want the table. */
@Tag(Extent.SLOW)
class SilentHolderIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LoaderFixture fixture = new LoaderFixture();
    private Process holder;
    private Process waits;

    @AfterEach
    void close() throws Exception {
        for (Process process : new Process[] {holder, waits}) {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
        }
        fixture.close();
    }

    @Test
    void thoseThatWaitNameTheStoppedProcess() throws Exception {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT seq FROM seq_1_to_30");
        fixture.tables("t:").loader();
        String silent = "the process that holds the table \\(host \\S+, process %d\\) has given no sign since \\S+ UTC:"
                + " continue it \\(kill -CONT\\) or end it, or release the table with: SELECT"
                + " pg_terminate_backend\\(\\d+\\)";
        Path log = log("waits");
        try (Connection source = fixture.source().connect();
                Statement lock = source.createStatement()) {
            lock.execute("LOCK TABLES t WRITE");
            holder = start(log("holder"));
            await().atMost(PATIENCE).until(() -> "running".equals(state()));
            signal("-STOP", holder);
            silent = silent.formatted(holder.pid());
            waits = start(log);

            await().atMost(PATIENCE).until(() -> Files.readString(log).contains("no sign since"));
            assertThat(Files.readString(log))
                    .containsOnlyOnce("t: another load of the table is running; waiting for it")
                    .containsPattern(" WARN .* t: " + silent);
            assertThat(fixture.loader().load(LoadRequest.due("t")).reason())
                    .matches("another load of table t is running: skipped; " + silent);
            JarRun status = JarRun.of(fixture.environment(), "status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.out()).containsPattern("\nt +running .*" + silent);
            assertThat(status.err()).containsPattern("t: " + silent);
            lock.execute("UNLOCK TABLES");
        }
        signal("-CONT", holder);

        assertThat(holder.waitFor()).isZero();
        assertThat(waits.waitFor()).isZero();
        assertThat(JarRun.of(fixture.environment(), "status").exitCode()).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(30);
    }

    private Process start(Path log) {
        return JarRun.start(fixture.environment(), List.of(), log, "once");
    }

    private static Path log(String name) throws IOException {
        return Files.createTempFile(Path.of("target"), name, ".log");
    }

    private String state() {
        return fixture.target()
                .value("SELECT coalesce(max(state), '') FROM raw.etl_table_state WHERE table_name = 't'");
    }

    private static void signal(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
