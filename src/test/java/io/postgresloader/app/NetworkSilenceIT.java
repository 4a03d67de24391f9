package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.camel.FailureSteps;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A network that stops answering without an error: the load is retried and does not hang. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkSilenceIT {
    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> retries = new ListAppender<>();
    private final TcpProxy toSource = new TcpProxy(TestServers.source().port());
    private final TcpProxy toTarget = new TcpProxy(TestServers.postgres().port());

    @BeforeEach
    void createTable() {
        ((Logger) LoggerFactory.getLogger(FailureSteps.class)).addAppender(retries);
        retries.start();
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note text) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, REPEAT('x', 500) FROM seq_1_to_8000");
        fixture.set("SOURCE_URL", toSource.url(fixture.environment().get("SOURCE_URL")))
                .set("TARGET_URL", toTarget.url(fixture.environment().get("TARGET_URL")))
                .set("LOADER_NETWORK_TIMEOUT", "1")
                .set("LOADER_PAGE_ROWS", "2000")
                .tables("visit:");
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(FailureSteps.class)).detachAppender(retries);
        fixture.close();
        toSource.close();
        toTarget.close();
    }

    @Sampled(oneOf = 6)
    @ParameterizedTest
    @CsvSource({
        "source, losing,  before",
        "source, losing,  during",
        "source, stalled, during",
        "target, losing,  before",
        "target, losing,  during",
        "target, stalled, during"
    })
    void silenceEndsInARetry(String side, String kind, String when) throws Exception {
        TcpProxy silent = side.equals("source") ? toSource : toTarget;
        fixture.loader();
        if (when.equals("during")) {
            silent.delay(5);
        } else {
            silence(silent, kind);
        }
        CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> fixture.load("visit"));
        if (when.equals("during")) {
            while (!load.isDone() && chunks() < 1) {
                Thread.sleep(5);
            }
            silence(silent, kind);
        }
        while (retries.list.isEmpty()) {
            assertThat(load).as("the load that meets silence").isNotDone();
            Thread.sleep(20);
        }
        silent.delay(0);
        silent.resume();

        LoadResult result = load.get(60, TimeUnit.SECONDS);

        // So short a silence may also use up all the tries; then it is the next load that succeeds.
        LoadResult last = result.outcome() == Outcome.SUCCESS ? result : fixture.load("visit");
        assertThat(last.outcome()).as(last.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter"))
                .isZero();
    }

    private static void silence(TcpProxy proxy, String kind) {
        if (kind.equals("losing")) {
            proxy.lose();
        } else {
            proxy.stall();
        }
    }

    private long chunks() {
        return fixture.target().count("SELECT coalesce(max(chunks), 0) FROM raw.etl_load_status");
    }
}
