package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.database.Warehouse;
import io.postgresloader.tracking.Outbox;
import io.postgresloader.tracking.Outbox.Delivery;
import io.postgresloader.tracking.Outbox.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Messages that another version, or a person, left in the outbox. */
class OutboxIT {
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Outbox.class);
    private Outbox outbox;

    @BeforeEach
    void migrate() {
        lines.start();
        log.addAppender(lines);
        fixture.set("NOTIFY_KINDS", "none").tables("visit:").loader();
        fixture.stop();
        outbox = new Outbox(new Warehouse(
                new DriverManagerDataSource(
                        fixture.target().url(), fixture.target().user(), ""),
                "raw"));
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "17",
                "[]",
                "{}",
                "{\"title\": \"Canary\", \"text\": \"Canary\"}",
                "{\"kind\": {\"word\": \"failed\"}}",
                "{\"kind\": \"failed\", \"table\": \"visit\", \"at\": \"yesterday\"}"
            })
    void aMessageThatCannotBeReadIsSetAsideAndKeepsNoOtherWaiting(String unreadable) {
        add("visit");
        fixture.target().execute("UPDATE raw.etl_notification SET message = '" + unreadable + "'");
        String id = fixture.target().value("SELECT id FROM raw.etl_notification");
        add("other");

        Optional<Delivery> next = outbox.next("webhook", LEASE);

        assertThat(next).map(delivery -> delivery.message().table()).contains("other");
        assertThat(outbox.next("webhook", LEASE)).isEmpty();
        assertThat(fixture.target()
                        .rows("SELECT state, rejected, failure, next_attempt_at > now() + interval '50 minutes'"
                                + " FROM raw.etl_notification WHERE id = " + id))
                .containsExactly("waiting|t|this version cannot read it|t");
        // It is looked at again an hour later, and said once.
        fixture.target().execute("UPDATE raw.etl_notification SET next_attempt_at = now() WHERE id = " + id);
        assertThat(outbox.next("webhook", LEASE)).isEmpty();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Message " + id + " of etl_notification is set aside, since this version cannot read it;"
                                + " it is told by the version that wrote it, or removed after tracking.retention");
    }

    /** The newest message of a table and kind decides whether another one may be told. */
    @Test
    void aMessageThatCannotBeReadDoesNotKeepTheNextOneOfItsTableOut() {
        add("visit");
        fixture.target().execute("UPDATE raw.etl_notification SET message = '{}', not_before = now() + interval '1 s'");

        add("visit");

        assertThat(fixture.target()
                        .rows("SELECT message ->> 'title', not_before > now() + interval '59 minutes'"
                                + " FROM raw.etl_notification ORDER BY id"))
                .containsExactly("∅|f", "visit|t");
    }

    @Test
    void aMessageOfANewerVersionIsToldAsFarAsItIsKnown() {
        add("visit");
        fixture.target()
                .execute("UPDATE raw.etl_notification SET kind = 'moved',"
                        + " message = message || '{\"kind\": \"moved\", \"colour\": \"blue\"}'");

        assertThat(outbox.next("webhook", LEASE))
                .map(delivery -> delivery.message().kind() + " " + delivery.text())
                .contains("moved visit");
    }

    private void add(String table) {
        Instant now = Instant.now().minusSeconds(1);
        outbox.add(
                new Message("failed", table, List.of(), now, now, 1, table, table, Map.of(), null),
                List.of("webhook"),
                Duration.ofHours(1));
    }
}
