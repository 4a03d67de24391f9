package io.postgresloader.camel.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockStepWatchTest {
    private final CamelContext context = new DefaultCamelContext();
    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicLong clockMillis = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void aTimerThatFiresAtItsStart() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:hourly?delay=100&period=1h&includeMetadata=false")
                        .process(exchange -> fired.incrementAndGet());
            }
        });
        context.start();
        await().until(() -> fired.get() == 1);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource({"-90, 1, true", "-10800, 1, true", "0, 1, false", "-1, 1, false", "10800, 1, false", "30, 30, false"})
    void timersStartAgainAfterAStepBack(long clockSeconds, long passedSeconds, boolean again) {
        ClockStepWatch watch = new ClockStepWatch(context, clockMillis::get, nanos::get);

        clockMillis.addAndGet(clockSeconds * 1_000);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(passedSeconds));
        watch.look();
        watch.look();

        if (again) {
            await().until(() -> fired.get() == 2);
        }
        assertThat(fired).hasValue(again ? 2 : 1);
        watch.close();
    }
}
