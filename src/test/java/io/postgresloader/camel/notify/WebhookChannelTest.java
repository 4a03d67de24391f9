package io.postgresloader.camel.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.postgresloader.config.settings.NotifySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Message-Id"));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void aMessageIsTakenWith2xx(int answer) throws Exception {
        status = answer;
        channel(url("/secret"), Optional.empty()).post(MessageShapeTest.delivery("visit"));

        assertThat(received).containsExactly("/secret m-1");
    }

    @ParameterizedTest
    @CsvSource({
        "302, false",
        "400, true",
        "404, true",
        "408, false",
        "410, true",
        "425, false",
        "429, false",
        "500, false",
        "503, false"
    })
    void anyOtherAnswerIsNamedAndTriedAgain(int answer, boolean rejected) {
        status = answer;
        assertThatThrownBy(() -> channel(url("/secret"), Optional.empty()).post(MessageShapeTest.delivery("visit")))
                .isInstanceOfSatisfying(UndeliveredException.class, thrown -> assertThat(thrown.rejected())
                        .isEqualTo(rejected))
                .hasMessage("it answered with status " + answer + " instead of 2xx");
        assertThat(received).containsExactly("/secret m-1");
    }

    @Test
    void theAddressIsReadFromItsFileForEachMessageAndNeverShown(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("url"), url("/first") + "\n");
        WebhookChannel channel = channel("http://never", Optional.of(file));
        channel.post(MessageShapeTest.delivery("visit"));
        Files.writeString(file, url("/second"));
        channel.post(MessageShapeTest.delivery("visit"));
        Files.writeString(file, "se cret");

        assertThat(received).containsExactly("/first m-1", "/second m-1");
        assertThatThrownBy(() -> channel.post(MessageShapeTest.delivery("visit")))
                .hasMessage("the file of NOTIFY_WEBHOOK_URL_FILE has no URL of the web");
    }

    @Test
    void aServerThatIsDownOrHasNoTlsIsNamedWithoutItsAddress() {
        String plain = url("/secret");
        String tls = plain.replace("http:", "https:");
        assertThatThrownBy(() -> channel(tls, Optional.empty()).post(MessageShapeTest.delivery("visit")))
                .hasMessageNotContaining("secret")
                .hasNoCause();
        server.stop(0);
        assertThatThrownBy(() -> channel(plain, Optional.empty()).post(MessageShapeTest.delivery("visit")))
                .hasMessage("no connection")
                .hasNoCause();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static WebhookChannel channel(String url, Optional<Path> file) {
        return new WebhookChannel(Optional.of(new NotifySettings.Webhook(url, file, "json")));
    }
}
