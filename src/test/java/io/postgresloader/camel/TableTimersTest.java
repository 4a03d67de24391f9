package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.TableOptions;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    void aPausedOrRemovedTableIsNotWanted() throws Exception {
        timers.schedule(List.of(every("claim", Duration.ofHours(1)), every("fee", Duration.ofHours(1))));
        timers.pause("claim");
        assertThat(timers.wants("claim")).isFalse();
        assertThat(timers.silent()).isEmpty();

        timers.schedule(List.of(every("claim", Duration.ofHours(2))));
        assertThat(timers.wants("claim")).isFalse();
        assertThat(timers.wants("fee")).isFalse();
        timers.resume("claim");
        assertThat(timers.wants("claim")).isTrue();
        assertThat(timers.silent()).isEmpty();
    }

    private static TableOptions every(String table, Duration schedule) {
        return TableOptions.defaults(table).every(schedule);
    }
}
