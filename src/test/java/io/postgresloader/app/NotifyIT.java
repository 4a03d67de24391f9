package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.Canary;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import io.postgresloader.tracking.Outbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A scripted sequence of states gives exactly these messages, with a webhook that is up, down and slow, and by mail. */
class NotifyIT {
    private static final String NOT_THERE = "visit: a load failed: schema: FILE: visit: the source has no table visit;"
            + " correct the name, restore it in the source, or remove it from the table list";

    private static final Duration SOON = Duration.ofSeconds(40);

    private final LoaderFixture fixture = new LoaderFixture();
    private final WebhookServer webhook = new WebhookServer();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("io.postgresloader");

    @BeforeEach
    void fill() {
        lines.start();
        log.addAppender(lines);
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(100), Edited datetime)",
                        "INSERT INTO visit SELECT seq, 'ok', '2026-01-01' FROM seq_1_to_3000");
        fixture.set("NOTIFY_PERIOD", "1")
                .set("NOTIFY_WEBHOOK_URL", webhook.url())
                .set("LOADER_RETRIES", "0")
                .tables(
                        "visit: {incremental_columns: [Edited], deletes: delete, max_delete_fraction: 0.1, schedule: 1d}");
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        fixture.close();
        webhook.close();
        assertThat(webhook.sightings()).isEmpty();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains(WebhookServer.SECRET));
    }

    @Test
    void eachChangeIsToldOnce() throws Exception {
        webhook.start();
        fixture.load("visit");
        awaitLook();

        fixture.source().execute("RENAME TABLE visit TO elsewhere");
        fixture.load("visit");
        awaitTexts(1);
        fixture.load("visit");
        fixture.source().execute("RENAME TABLE elsewhere TO visit");
        fixture.load("visit");
        awaitTexts(2);
        fixture.target().execute("ALTER TABLE raw.visit ADD CONSTRAINT short CHECK (length(\"Note\") < 5)");
        fixture.source()
                .execute("INSERT INTO visit VALUES (3001, '" + Canary.TEXT + "', now()), (3002, 'Canary', now())");
        fixture.load("visit");
        awaitTexts(3);
        // An hour has not passed: the message waits.
        fixture.target().execute("ALTER TABLE raw.visit DROP CONSTRAINT short");
        fixture.load("visit", LoadRequest.Kind.FULL);
        await().atMost(SOON).until(() -> waiting("recovered") == 1);
        fixture.source().execute("ALTER TABLE visit ADD COLUMN Fee int");
        fixture.load("visit");
        awaitTexts(4);
        anHourPasses();
        awaitTexts(5);
        fixture.source().execute("DELETE FROM visit WHERE Id > 10");
        fixture.loader().reconcile("visit", "the test");
        awaitTexts(6);

        assertThat(webhook.texts())
                .map(NotifyIT::withoutTimes)
                .containsExactly(
                        NOT_THERE,
                        "visit: over: failed since T; it is loaded up to T",
                        "visit: 2 rows are dead letters: 2 × the row violates a check constraint",
                        "visit: its schema changed: column Fee added as integer",
                        "visit: over: dead-letters since T; it is loaded up to T",
                        "visit: a comparison stopped at the delete limit: 2992 of 3002 rows were deleted in the source, more"
                                + " than the delete limit (10.0 %) allows; no row was deleted in the target; see which"
                                + " with verify visit --keys FILE; if the source deleted them on purpose, run verify visit"
                                + " --repair --force-deletes, else restore them in the source");
        assertThat(logged())
                .map(NotifyIT::withoutTimes)
                .containsExactlyElementsOf(
                        webhook.texts().stream().map(NotifyIT::withoutTimes).toList());
        assertNoValueIsStored();
    }

    @Test
    void aWebhookThatIsDownDelaysNoLoadAndGetsEachMessageLater() throws Exception {
        fixture.load("visit");
        awaitLook();
        fail();
        await().atMost(SOON).until(() -> count("state = 'waiting' AND attempts > 0") == 1);
        assertThat(recover().outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);
        await().atMost(SOON).until(() -> count("channel = 'webhook' AND state = 'waiting'") == 2);
        assertThat(webhook.received()).isEmpty();

        webhook.answers(500).start();
        await().atMost(SOON).until(() -> webhook.received().size() == 3);
        await().atMost(SOON).until(() -> count("state = 'waiting'") == 0);

        assertThat(webhook.received()).containsExactly("500 failed visit", "200 failed visit", "200 recovered visit");
        assertThat(webhook.ids().subList(0, 2)).containsOnly(webhook.ids().get(0));
        assertThat(fixture.target()
                        .rows("SELECT kind, state, failure FROM raw.etl_notification WHERE channel = 'webhook'"
                                + " ORDER BY id"))
                .containsExactly("failed|sent|∅", "recovered|sent|∅");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("The webhook did not take a message about visit: failed: no connection; trying again in 1 s,"
                        + " then less and less often");
    }

    @Test
    void aSlowWebhookDelaysNoLoadAndNothingIsToldTwiceAfterAnOrderlyRestart() throws Exception {
        webhook.start();
        fixture.load("visit");
        awaitLook();
        CountDownLatch slow = webhook.hold();
        fail();
        await().atMost(SOON).until(() -> webhook.received().size() == 1);
        // The webhook has not answered yet, and the load ends.
        assertThat(recover().outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);
        assertThat(count("channel = 'webhook' AND state = 'sent'")).isZero();
        assertThat(count("channel = 'webhook' AND attempts = 1 AND failure IS NULL"))
                .isOne();
        await().atMost(SOON).until(() -> count("failure = 'it did not answer within 5 s'") == 1);
        slow.countDown();
        await().atMost(SOON).until(() -> count("channel = 'webhook' AND state = 'sent'") == 2);
        int before = webhook.received().size();

        fixture.stop();
        fixture.loader();
        anHourPasses();
        fail();
        await().atMost(SOON).until(() -> webhook.received().size() > before);

        assertThat(webhook.received().subList(before, webhook.received().size()))
                .containsExactly("200 failed visit");
        assertThat(webhook.ids().subList(0, before - 1))
                .containsOnly(webhook.ids().get(0));
    }

    /** This loader has no way to it; another one, which tells nothing, has one and loads in the meantime. */
    @Test
    void whatChangesWhileTheTargetIsDownIsToldOnceWhenItIsBack() throws Exception {
        webhook.start();
        String direct = fixture.environment().get("TARGET_URL");
        Configuration other = fixture.set("NOTIFY_KINDS", "none").configuration();
        try (TcpProxy way = new TcpProxy(TestServers.postgres().port());
                Session session = Session.open(other);
                Loader loader = session.briefLoader()) {
            fixture.set("NOTIFY_KINDS", "all").set("TARGET_URL", way.url(direct));
            fixture.load("visit");
            awaitLook();
            loader.start();
            way.refuse();
            fixture.source().execute("RENAME TABLE visit TO elsewhere");
            assertThat(loader.load(new LoadRequest("visit", LoadRequest.Kind.DUE, true))
                            .outcome())
                    .isEqualTo(LoadResult.Outcome.FAILED);
            assertThat(count("true")).isZero();

            way.accept();
            awaitTexts(1);
            fixture.source().execute("RENAME TABLE elsewhere TO visit");
            loader.load(new LoadRequest("visit", LoadRequest.Kind.DUE, true));
            awaitTexts(2);
        }
        assertThat(webhook.received()).containsExactly("200 failed visit", "200 recovered visit");
    }

    /** As a command does at its end. */
    @Tag(Extent.SLOW)
    @Test
    void aChannelThatIsTooSlowForTheEndOfACommandTellsTheRestLater() throws Exception {
        webhook.start();
        fixture.set("NOTIFY_PERIOD", "3600")
                .tables("a: {schedule: 1d}\nb: {schedule: 1d}\nc: {schedule: 1d}\nvisit: {schedule: 1d}");
        List.of("a", "b", "c").forEach(fixture::load);
        CountDownLatch slow = webhook.hold();

        fixture.loader().tellChanges(Duration.ofSeconds(5));

        assertThat(webhook.received()).containsExactly("200 failed a");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("The webhook has not taken all messages within 5 s; the next loader sends the others");
        slow.countDown();
        fixture.stop();
        // A message that was taken as the loader stopped is not taken again at once.
        await().atMost(SOON).until(() -> {
            fixture.loader().tellChanges(Duration.ofSeconds(30));
            return webhook.received().size() == 3;
        });
        assertThat(webhook.received()).containsExactly("200 failed a", "200 failed b", "200 failed c");
    }

    @Tag(Extent.SLOW)
    @Test
    void aStaleTableAndASourceThatIsAwayAreTold() throws Exception {
        webhook.start();
        try (TcpProxy way = new TcpProxy(TestServers.source().port())) {
            fixture.set("SOURCE_URL", way.url(fixture.environment().get("SOURCE_URL")))
                    .tables("visit: {incremental_columns: [Edited], schedule: 1s}");
            fixture.load("visit");
            awaitTexts(1);
            way.refuse();
            awaitTexts(2);
            way.accept();
            awaitTexts(3);
            fixture.load("visit");
            awaitTexts(4);
        }
        assertThat(webhook.received())
                .startsWith("200 stale visit", "200 source-away null", "200 source-back null", "200 recovered visit");
    }

    @Test
    void onceTellsOfItsChangesAtItsEnd() throws Exception {
        webhook.start();
        fixture.source().execute("RENAME TABLE visit TO elsewhere", "CREATE TABLE other (Id int PRIMARY KEY)");
        fixture.tables("visit: {schedule: 1d}\nother: {schedule: 1d}");

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertThat(webhook.received()).containsExactly("200 failed visit");
    }

    /** The message waits when the transaction begins that counts another change in it, and is taken before it does. */
    @Test
    void aChangeIsNotCountedInAMessageThatIsOnItsWay() throws Exception {
        fixture.loader();
        fixture.stop();
        Warehouse warehouse = new Warehouse(
                new DriverManagerDataSource(
                        fixture.target().url(), fixture.target().user(), ""),
                "raw");
        Outbox outbox = new Outbox(warehouse);
        outbox.add(message("first"), List.of("webhook", "mail"), Duration.ofHours(1));
        outbox.add(message("second"), List.of("webhook", "mail"), Duration.ofHours(1));
        fixture.target()
                .execute("UPDATE raw.etl_notification SET attempts = 1 WHERE id = (SELECT max(id)"
                        + " FROM raw.etl_notification WHERE channel = 'webhook')");

        outbox.add(message("third"), List.of("webhook", "mail", "log"), Duration.ofHours(1));

        assertThat(fixture.target()
                        .rows("SELECT channel, message ->> 'title', message ->> 'changes' FROM raw.etl_notification"
                                + " ORDER BY channel, id"))
                .containsExactly(
                        "log|third|1",
                        "mail|first|1",
                        "mail|third|2",
                        "webhook|first|1",
                        "webhook|second|1",
                        "webhook|third|1");
    }

    private static Outbox.Message message(String title) {
        Instant now = Instant.now();
        return new Outbox.Message("failed", "visit", List.of(), now, now, 1, title, title, Map.of(), null);
    }

    @Tag(Extent.SLOW)
    @Test
    void aMessageOfALoaderThatWasKilledIsToldAgainWithItsId() throws Exception {
        webhook.start();
        fixture.load("visit");
        awaitLook();
        fixture.source().execute("RENAME TABLE visit TO elsewhere");
        fixture.load("visit");
        awaitTexts(1);
        fixture.stop();
        anHourPasses();
        fixture.source().execute("RENAME TABLE elsewhere TO visit");
        CountDownLatch slow = webhook.hold();
        Process loader = JarRun.start(fixture.environment(), "run");
        try {
            await().atMost(SOON).until(() -> webhook.received().size() == 2);
        } finally {
            loader.destroyForcibly().waitFor();
        }
        slow.countDown();
        // As if the time had passed in which the killed loader may still be at it.
        fixture.target().execute("UPDATE raw.etl_notification SET next_attempt_at = now() WHERE state = 'waiting'");
        fixture.loader();
        await().atMost(SOON).until(() -> count("channel = 'webhook' AND state = 'sent'") == 2);

        assertThat(webhook.received())
                .containsExactly("200 failed visit", "200 recovered visit", "200 recovered visit");
        assertThat(webhook.ids().get(2)).isEqualTo(webhook.ids().get(1));
    }

    @Test
    void messagesAndTheDigestAreMailed() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("etl", "secret");
        mail.start();
        try {
            fixture.set("NOTIFY_WEBHOOK_URL", "")
                    .set("NOTIFY_MAIL_HOST", "127.0.0.1")
                    .set("NOTIFY_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()))
                    .set("NOTIFY_MAIL_FROM", "etl@example.com")
                    .set("NOTIFY_MAIL_TO", "a@example.com, b@example.com")
                    .set("NOTIFY_DIGEST_AT", "00:00 UTC");
            fixture.load("visit");
            awaitLook();
            fail();
            // STARTTLS is required unless the settings say otherwise, and this server has none.
            await().atMost(SOON).until(() -> count("failure LIKE 'the mail server cannot be used, or TLS%'") == 1);
            assertThat(mail.getReceivedMessages()).isEmpty();
            fixture.set("NOTIFY_MAIL_TLS", "none")
                    .set("NOTIFY_MAIL_USER", "etl")
                    .set("NOTIFY_MAIL_PASSWORD", "secret");
            fixture.loader();
            await().atMost(SOON).until(() -> mail.getReceivedMessages().length == 2);
            fixture.target()
                    .execute("UPDATE raw.etl_notified SET state = jsonb_set(state, '{digest}', '\"2020-01-01\"')"
                            + " WHERE table_name = ''");
            await().atMost(SOON).until(() -> mail.getReceivedMessages().length == 4);

            MimeMessage first = mail.getReceivedMessages()[0];
            assertThat(first.getSubject()).isEqualTo("visit: failed");
            assertThat(first.getMessageID())
                    .isEqualTo("<"
                            + fixture.target()
                                    .value("SELECT message_id FROM raw.etl_notification"
                                            + " WHERE channel = 'mail' AND kind = 'failed'")
                            + "@postgres-loader>");
            assertThat(withoutTimes(GreenMailUtil.getBody(first)))
                    .startsWith(NOT_THERE)
                    .contains("failedLoads: 1");
            assertThat(subjects(mail))
                    .containsExactlyInAnyOrder(
                            "visit: failed",
                            "visit: failed",
                            "1 of 1 tables need attention",
                            "1 of 1 tables need attention");
        } finally {
            mail.stop();
        }
    }

    /** The table's load fails as the source has lost it. */
    private void fail() {
        fixture.source().execute("RENAME TABLE visit TO elsewhere");
        assertThat(fixture.load("visit").outcome()).isEqualTo(LoadResult.Outcome.FAILED);
        await().atMost(SOON).until(() -> count("kind = 'failed' AND not_before <= now()") > 0);
    }

    private LoadResult recover() {
        fixture.source().execute("RENAME TABLE elsewhere TO visit");
        return fixture.load("visit");
    }

    private void awaitLook() {
        await().atMost(SOON)
                .until(() ->
                        fixture.target().count("SELECT count(*) FROM raw.etl_notified WHERE table_name = 'visit'") > 0);
    }

    private void awaitTexts(int number) {
        await().atMost(SOON).alias("message " + number).until((Callable<Boolean>)
                () -> webhook.texts().size() >= number);
    }

    private void anHourPasses() {
        fixture.target()
                .execute("UPDATE raw.etl_notification SET not_before = not_before - interval '1 hour',"
                        + " created_at = created_at - interval '1 hour'");
    }

    private long waiting(String kind) {
        return count("channel = 'webhook' AND kind = '" + kind + "' AND not_before > now()");
    }

    private long count(String condition) {
        return fixture.target().count("SELECT count(*) FROM raw.etl_notification WHERE " + condition);
    }

    private List<String> logged() {
        return lines.list.stream()
                .filter(line -> line.getLoggerName().equals("io.postgresloader.notify"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void assertNoValueIsStored() {
        assertThat(Canary.sightings(
                        String.join("\n", fixture.target().rows("SELECT n::text FROM raw.etl_notification n"))))
                .isEmpty();
    }

    /** Of the mails to both receivers. */
    private static List<String> subjects(GreenMail mail) throws MessagingException {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            subjects.add(message.getSubject());
        }
        return subjects;
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\S+\\.yml:1", "FILE").replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "T");
    }
}
