package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.TableOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTimersTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final TableTimers timers = new TableTimers(context);

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate(TableTimers.TEMPLATE)
                        .templateParameter("table")
                        .templateParameter("period")
                        .templateParameter("delay")
                        .from("direct:{{table}}")
                        .to("log:off?level=OFF");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aTableIsLateOnlyAPeriodAfterItEnteredTheList() throws Exception {
        timers.schedule(List.of(every("claim", Duration.ofMillis(1))));
        await().atMost(SOON).until(() -> timers.outOfPatience("claim"));

        timers.schedule(List.of(every("claim", Duration.ofMillis(1)), every("fee", Duration.ofHours(1))));
        assertThat(timers.outOfPatience("claim")).isTrue();
        assertThat(timers.outOfPatience("fee")).isFalse();
        assertThat(timers.outOfPatience("removed")).isFalse();
    }

    @Test
    void aRemovedTableIsNotInTheList() throws Exception {
        timers.schedule(List.of(every("claim", Duration.ofHours(1)), every("fee", Duration.ofHours(1))));
        timers.schedule(List.of(every("claim", Duration.ofHours(2))));
        assertThat(timers.has("claim")).isTrue();
        assertThat(timers.has("fee")).isFalse();
        assertThat(timers.silent()).isEmpty();
    }

    /** Loads that ended before the start, or none. */
    @ParameterizedTest
    @CsvSource({"PT1H, -PT1S, true", "PT1H, , true", "PT1H, PT10S, false", "PT0.001S, -PT1S, false"})
    void aTableSettlesUntilItIsLoadedOrItsPeriodIsOver(Duration period, Duration ended, boolean settles)
            throws Exception {
        timers.schedule(List.of(every("claim", period)));
        Thread.sleep(2);
        assertThat(timers.settles("claim", Optional.ofNullable(ended).map(Instant.now()::plus)))
                .isEqualTo(settles);
        assertThat(timers.settles("removed", Optional.empty())).isFalse();
    }

    private static TableOptions every(String table, Duration schedule) {
        return TableOptions.defaults(table).every(schedule);
    }
}
