package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Loads, failures and reloads for a while, after which the process needs no more than in the beginning. A dozen seconds,
 * and half a minute after a longer warm-up in a full run; {@code -Dsoak.minutes=10} makes it ten.
 */
class SoakIT {
    private static final String HALF_OR_LESS = Extent.full() ? "0.5" : "0.2";
    private static final int WARM_UP = Extent.of(4, 10);
    private static final Duration TIME =
            Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("soak.minutes", HALF_OR_LESS))));
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LoaderFixture fixture = new LoaderFixture();
    private final int management = LoaderMetrics.freePort();
    private final LoaderMetrics metrics = new LoaderMetrics(management);
    private TcpProxy toTarget;
    private Path routes;
    private Path tables;
    private Process process;
    private int round;

    @BeforeEach
    void run() throws IOException {
        routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "soak-");
        for (Path file : shipped()) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        toTarget = new TcpProxy(TestServers.postgres().port());
        fixture.source()
                .execute(
                        "CREATE TABLE edited (id int AUTO_INCREMENT PRIMARY KEY, note varchar(50), changed timestamp"
                                + " NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()) ENGINE=MyISAM",
                        "CREATE TABLE comes_and_goes (id int PRIMARY KEY) ENGINE=MyISAM",
                        "CREATE TABLE keyless (id bigint) ENGINE=MyISAM");
        fixture.tables(list(false))
                .set("ROUTES_DIR", routes.toString())
                .set("MANAGEMENT_PORT", String.valueOf(management))
                .set(
                        "TARGET_URL",
                        fixture.environment().get("TARGET_URL").replaceFirst(":\\d+/", ":" + toTarget.port() + "/"));
        tables = Path.of(fixture.environment().get("TABLES_FILE"));
        process = JarRun.start(
                fixture.environment(),
                List.of("-Xmx256m"),
                Files.createTempFile(Path.of("target"), "soak", ".log"),
                "run");
        await().atMost(SOON).ignoreExceptions().until(() -> metrics.sum("etl_load_duration_seconds_count") > 3);
    }

    @AfterEach
    void stop() throws Exception {
        process.destroy();
        process.waitFor();
        toTarget.close();
        fixture.close();
    }

    private record Needs(double heapAfterCollection, double threads, double connections, double files) {}

    @Tag(Extent.SLOW)
    @Test
    void resourceUseDoesNotGrow() throws Exception {
        for (int warmUp = 0; warmUp < WARM_UP; warmUp++) {
            disturb();
        }
        Needs before = needs();
        Instant end = Instant.now().plus(TIME);
        while (Instant.now().isBefore(end) || !reloadedOften()) {
            disturb();
        }
        Needs after = needs();

        System.err.println(round + " rounds: " + before + " then " + after);
        assertThat(after.heapAfterCollection).isLessThan(before.heapAfterCollection + (4 << 20));
        assertThat(after.threads).isLessThanOrEqualTo(before.threads + 4);
        assertThat(after.connections).isLessThanOrEqualTo(before.connections + 2);
        assertThat(after.files).isLessThanOrEqualTo(before.files + 6);
        assertThat(metrics.sum("etl_load_duration_seconds_count{outcome=\"failed\""))
                .isPositive();
        await().atMost(SOON)
                .until(() -> fixture.target().count("SELECT count(*) FROM raw.edited")
                        == fixture.source().count("SELECT count(*) FROM edited"));
    }

    /** A slow machine needs longer for it. */
    private boolean reloadedOften() throws Exception {
        return metrics.sum("etl_reloads_total{result=\"applied\"}") >= Extent.of(4, 10)
                && metrics.sum("etl_reloads_total{result=\"rejected\"}") >= Extent.of(1, 3);
    }

    /** A second in which something is written, saved, broken or cut. */
    private void disturb() throws Exception {
        round++;
        fixture.source()
                .execute(
                        "INSERT INTO edited (note) SELECT repeat('x', 50) FROM seq_1_to_500",
                        "UPDATE edited SET note = 'edited " + round + "' WHERE id % 17 = " + round % 17);
        Path file = shipped().get(round % shipped().size());
        String text = Files.readString(file);
        boolean broken = round % 5 == 0;
        Files.writeString(
                routes.resolve(file.getFileName()), broken ? text + "- route: [" : text + "# " + round + "\n");
        if (round % 3 == 0) {
            Files.writeString(tables, list(round % 2 == 0));
        }
        if (round % 7 == 0) {
            toTarget.refuse();
            Thread.sleep(300);
            toTarget.accept();
        }
        Thread.sleep(1000);
        Files.writeString(routes.resolve(file.getFileName()), text + "# " + round + "\n");
        Thread.sleep(700);
    }

    private Needs needs() throws Exception {
        // Retries and reloads that are under way end.
        Thread.sleep(5000);
        return new Needs(
                heapAfterCollection(),
                metrics.sum("jvm_threads_live_threads"),
                metrics.sum("hikaricp_connections{"),
                metrics.sum("process_files_open_files"));
    }

    /** The least of some looks: loads go on, and what they need between a collection and the look counts as well. */
    private double heapAfterCollection() throws Exception {
        double least = Double.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            collectGarbage();
            least = Math.min(least, metrics.sum("jvm_memory_used_bytes{area=\"heap\""));
        }
        return least;
    }

    private void collectGarbage() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(30, TimeUnit.SECONDS);
    }

    private static String list(boolean more) {
        return "edited: {schedule: 1s}\nkeyless: {schedule: 1s, load: incremental}\n"
                + (more ? "comes_and_goes: {schedule: 1s}\n" : "");
    }

    private static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }
}
