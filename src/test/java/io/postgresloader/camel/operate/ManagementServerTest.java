package io.postgresloader.camel.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does with any request, and what it answers before the loader has started. */
class ManagementServerTest {
    private static final String ASSET = "/assets/page.js";

    private static ManagementServer server;

    @BeforeAll
    static void start() throws IOException {
        server = ManagementServer.beforeStart("127.0.0.1", 0, () -> "source", () -> "the source does not answer");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/observe/status",
                "/observe/status/tables/claim",
                "/",
                "/now",
                "/tables/claim",
                "/tables/claim/plan"
            })
    void beforeTheStartAClientIsToldToComeBack(String path) throws IOException {
        String answer = get(path);

        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("the source does not answer");
        assertThat(header(answer, "Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9]\\d?"));
    }

    @Test
    void aPathThatIsNeverAnsweredIsNotAnsweredBeforeTheStartEither() throws IOException {
        assertThat(get("/observe/status/tables/claim/rows")).startsWith("HTTP/1.1 404 ");
    }

    /** RFC 9110, 15.4.5: the headers that the answer with the content would have. */
    @Test
    void aClientThatHasTheContentGetsItsHeadersAlone() throws IOException {
        String full = get(ASSET);
        String etag = header(full, "ETag").orElseThrow();
        String none = get(ASSET, "If-None-Match: \"other\", " + etag);

        assertThat(full).startsWith("HTTP/1.1 200 ");
        assertThat(header(full, "Vary")).contains("Accept-Encoding");
        assertThat(none).startsWith("HTTP/1.1 304 ").endsWith("\r\n\r\n");
        for (String name : List.of("ETag", "Cache-Control", "Vary")) {
            assertThat(header(none, name)).as(name).isPresent().isEqualTo(header(full, name));
        }
        assertThat(header(none, "Date")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match: *                        | 304",
                "If-None-Match: ETAG                     | 304",
                "If-None-Match: W/ETAG                   | 304",
                "If-None-Match: \"a\"#If-None-Match: ETAG| 304",
                "If-None-Match: \"other\"                | 200",
                "If-None-Match:                          | 200",
                "If-Match: ETAG                          | 200"
            })
    void anETagIsComparedWithEachThatTheClientHas(String headers, int status) throws IOException {
        String etag = header(get(ASSET), "ETag").orElseThrow();
        String opaque = etag.replaceFirst("^W/", "");
        assertThat(get(ASSET, headers.replace("ETAG", opaque).split("#"))).startsWith("HTTP/1.1 " + status + " ");
    }

    /** Compressed and not, the content is the same but its bytes are not. */
    @Test
    void theETagOfContentThatMayBeCompressedIsWeak() throws IOException {
        assertThat(header(get(ASSET), "ETag").orElseThrow()).startsWith("W/\"");
        assertThat(header(get(ASSET, "Accept-Encoding: gzip"), "Content-Encoding"))
                .contains("gzip");
        assertThat(header(get(ASSET, "Accept-Encoding: gzip;q=0"), "Content-Encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"})
    void everyMethodButGetAndHeadIsNotAllowed(String method) throws IOException {
        for (String path : List.of("/observe/status", "/observe/health/live", "/", "/nosuch", ASSET)) {
            String answer = answer(method + " " + path, "Host: 127.0.0.1");
            assertThat(answer).as(path).startsWith("HTTP/1.1 405 ");
            assertThat(header(answer, "Allow")).as(path).contains("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: localhost.evil.example:9876", "Host: 10.0.0.1", "Host:"})
    void aWebPageOfAnotherNameReadsNothing(String host) throws IOException {
        for (String path : List.of("/observe/status", "/observe/metrics", "/observe/health/live", "/", ASSET)) {
            assertThat(answer("GET " + path, host)).as(path).startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void headHasNoBody() throws IOException {
        assertThat(answer("HEAD " + ASSET, "Host: localhost"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n");
    }

    private static String get(String path, String... headers) throws IOException {
        return answer("GET " + path, "Host: 127.0.0.1\r\n" + String.join("\r\n", headers));
    }

    private static String answer(String methodAndPath, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            String request = methodAndPath + " HTTP/1.1\r\nConnection: close\r\n" + headers.strip() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Optional<String> header(String answer, String name) {
        return answer.split("\r\n\r\n", 2)[0]
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
