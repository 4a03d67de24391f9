package io.postgresloader.camel.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.settings.NotifySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailChannelTest {
    private final SlowMailServer server = new SlowMailServer();

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    /** Each step is quick enough, all together are not. */
    @Test
    void aMailThatTakesTooLongIsGivenUpAsAWhole() throws Exception {
        server.pause(Duration.ofMillis(400));

        assertThatThrownBy(() -> channel("none", Duration.ofSeconds(1)).send(MessageShapeTest.delivery("visit")))
                .isInstanceOfSatisfying(UndeliveredException.class, thrown -> assertThat(thrown.rejected())
                        .isFalse())
                .hasMessage("it did not take the mail within 1 s");

        server.awaitEnd();
        assertThat(server.taken()).isZero();
    }

    @Test
    void aMailIsGivenUpBeforeItMayBeTakenForAnotherAttempt() {
        assertThat(MailChannel.LIMIT).isLessThan(OutboxSteps.LEASE.minusSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"closes", "is silent", "answers 500"})
    void aMailThatTheServerTookIsSentWhateverItSaysToTheFarewell(String farewell) throws Exception {
        server.farewell(farewell);

        assertThatCode(() -> channel("none", Duration.ofSeconds(10)).send(MessageShapeTest.delivery("visit")))
                .doesNotThrowAnyException();

        server.awaitEnd();
        assertThat(server.taken()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"tls, true", "starttls, true", "none, false"})
    void nothingIsSaidInClearWhereTheSettingsAskForTls(String tls, boolean encrypted) throws Exception {
        assertThatCode(() -> {
                    try {
                        channel(tls, Duration.ofSeconds(10)).send(MessageShapeTest.delivery("visit"));
                    } catch (UndeliveredException e) {
                        assertThat(e).hasMessage("the mail server cannot be used, or TLS to it failed");
                    }
                })
                .doesNotThrowAnyException();

        server.awaitEnd();
        assertThat(server.sawTls()).isEqualTo(encrypted);
        assertThat(server.taken()).isEqualTo(encrypted ? 0 : 1);
    }

    private MailChannel channel(String tls, Duration limit) {
        return new MailChannel(
                Optional.of(new NotifySettings.Mail(
                        "127.0.0.1",
                        server.port(),
                        tls,
                        "",
                        "",
                        Optional.empty(),
                        "etl@example.com",
                        List.of("a@example.com"))),
                limit);
    }
}
