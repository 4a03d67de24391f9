package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples for Airflow and cron, with stubs of Airflow, of the loader and of dbt. */
class HandOverExamplesTest {
    private static final Path DAGS = Path.of("docker", "airflow", "postgres_loader_dags.py");
    private static final Path STUB = Path.of("src", "test", "resources", "airflow", "run_dags.py");
    private static final Path NIGHTLY = Path.of("docker", "cron", "nightly.sh");

    @TempDir
    Path directory;

    private record Run(int exitCode, String out) {}

    @Test
    void theDagsRunTheirStepsInOrder() throws Exception {
        assumeTrue(hasPython(), "SKIPPED: this machine has no python3, so that the DAGs are not checked");
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer loader = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        loader.createContext("/observe/complete", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(asked.size() < 3 ? 503 : 200, -1);
            exchange.close();
        });
        loader.start();
        try {
            Run run = run(
                    Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                    "python3",
                    STUB.toString(),
                    DAGS.toString(),
                    "http://127.0.0.1:" + loader.getAddress().getPort());

            assertThat(run.out())
                    .contains(
                            "  load >> complete\n  complete >> build\n",
                            "  load: once\n",
                            "  complete: wait --complete-up-to now --no-dead-letters" + " --load",
                            "observe/complete not yet\n  loaded observe/complete not yet\n  loaded observe/complete"
                                    + " holds\n",
                            "  publish updates postgres_loader_raw\non_asset ['postgres_loader_raw']\n");
            assertThat(run.exitCode()).isZero();
        } finally {
            loader.stop(0);
        }
        assertThat(asked)
                .hasSize(3)
                .containsOnly("/observe/complete?loaded-up-to=2026-01-01T00%3A00%3A00%2B00%3A00&no-dead-letters=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0|0|0|once;wait;build",
                "1|0|0|1|once",
                "3|0|0|3|once",
                "0|4|0|4|once;wait",
                "0|1|0|1|once;wait",
                "0|0|2|2|once;wait;build"
            })
    void theNightEndsAtTheFirstStepThatFails(int once, int wait, int build, int exitCode, String steps)
            throws Exception {
        Path log = directory.resolve("steps");
        Path loader = script(
                "loader",
                "echo \"$1\" >> " + log + "\n[ \"$1\" = once ] && exit " + once + "\ncase \"$*\" in *'--complete-up-to"
                        + " now --no-dead-letters --load --timeout 2h') exit " + wait + " ;; esac\nexit 99\n");
        Path dbt = script("dbt", "echo build >> " + log + "\nexit " + build + "\n");

        Run run = run(
                Map.of("LOADER", loader.toString(), "BUILD", dbt.toString(), "TMPDIR", directory.toString()),
                NIGHTLY.toAbsolutePath().toString());

        assertThat(run.exitCode()).as(run.out()).isEqualTo(exitCode);
        assertThat(Files.readAllLines(log)).containsExactly(steps.split(";"));
        if (exitCode != 0) {
            assertThat(run.out()).contains("ended with exit code " + exitCode + "; the later steps were not run");
        }
    }

    private Path script(String name, String text) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Run run(Map<String, String> environment, String... command) throws Exception {
        Path out = directory.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Run(exitCode, Files.readString(out, StandardCharsets.UTF_8));
    }
}
