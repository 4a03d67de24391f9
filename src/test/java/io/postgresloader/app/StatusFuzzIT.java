package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.postgresloader.testing.Canary;
import io.postgresloader.testing.Extent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of all kinds are answered with 2xx, 304 or 4xx, without a stack trace and without a value. */
class StatusFuzzIT {
    private static final String NAME = "<script>alert(1)</script>";
    private static final int REQUESTS = Extent.full() ? 20_000 : 3_000;

    /** Health and freshness are not among them: 503 is an answer of theirs. */
    private static final List<String> PATHS = List.of(
            "/",
            "/observe/status",
            "/observe/status/tables/letters",
            "/observe/status/tables/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/observe/metrics",
            "/observe/health/live",
            "/tables/letters",
            "/now",
            "/assets/page.js",
            "/jolokia/read");

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "..",
            "%2e%2e%2f",
            "%2F",
            "%00",
            "%",
            "%zz",
            "%C3%28",
            "%F0%9F%92%A9",
            "%0d%0aX-Injected:%201",
            "'",
            "';SELECT%201--",
            "\"",
            "<script>",
            "%3Cscript%3E",
            "+",
            ";",
            "?",
            "#",
            "&",
            "=",
            "\\",
            "*",
            "{}",
            "é",
            "\u0001",
            "A".repeat(3000),
            "-1",
            "0",
            "99999999999999999999",
            "NaN",
            "true",
            "$%7Bjndi:ldap://x%7D",
            "[",
            "|",
            "^");

    private static final List<String> PARAMETERS = List.of(
            "state",
            "concern",
            "search",
            "sort",
            "page",
            "size",
            "table",
            "loaded-up-to",
            "",
            "page[]",
            "State",
            "%73tate");

    /** The parameters that each path knows. */
    private static final Map<String, List<String>> OWN = Map.of(
            "/observe/status", List.of("state", "concern", "search", "sort", "page", "size"),
            "/observe/complete", List.of("table", "loaded-up-to", "complete-up-to", "no-dead-letters"),
            "/", List.of("show", "search", "sort"),
            "/now", List.of("nosuch"));

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get");

    private static final List<String> HEADERS = List.of(
            "Host: localhost",
            "Host: evil.example",
            "Host:",
            "If-None-Match: *",
            "If-None-Match: \"x\", W/\"y\"",
            "If-None-Match: " + ",".repeat(500),
            "If-Modified-Since: yesterday",
            "Accept-Encoding: gzip",
            "Accept-Encoding: gzip;q=0, *;q=nothing",
            "Accept: text/html",
            "Range: bytes=0-",
            "Content-Length: 0",
            "Cookie: a=b",
            "Origin: null",
            "Authorization: Basic !!!",
            "X-Forwarded-For: " + "1".repeat(2000),
            "CamelSqlQuery: SELECT 1",
            "Expect: 100-continue",
            "Connection: close");

    /** What comes before the answer if the request expects it. */
    private static final String CONTINUES = "(?s)(HTTP/1\\.1 100 Continue\r\n(\\S[^\r]*\r\n)*\r\n)?";

    private static final LoaderFixture FIXTURE = new LoaderFixture();
    private static final OperatedLoader LOADER = new OperatedLoader(FIXTURE);

    @BeforeAll
    static void aTableWithADeadLetter() throws Exception {
        FIXTURE.source()
                .execute(
                        "CREATE TABLE letters (id bigint PRIMARY KEY, n bigint, t varchar(99))",
                        "INSERT INTO letters VALUES (1, 1, '" + Canary.TEXT + "'), (" + Canary.NUMBER + ", "
                                + Canary.NUMBER + ", '')",
                        "CREATE TABLE `" + NAME + "` (id bigint PRIMARY KEY)");
        FIXTURE.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.letters (id bigint PRIMARY KEY, n smallint, t varchar(99))");
        FIXTURE.tables("letters: {schedule: 1h}\n'" + NAME + "': {schedule: 1h}\n");
        LOADER.start();
        LOADER.awaitState("letters", "success");
        LOADER.awaitState(NAME, "success");
    }

    @AfterAll
    static void close() {
        LOADER.close();
    }

    static List<Long> seeds() {
        return Extent.full() ? List.of(1L, System.nanoTime()) : List.of(1L);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noRequestFindsAFaultOrAValue(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < REQUESTS; i++) {
            String request = request(random);
            check(request, "seed " + seed + ", request " + i);
        }
        assertThatCode(() ->
                        assertThat(LOADER.get("/observe/status").statusCode()).isEqualTo(200))
                .doesNotThrowAnyException();
    }

    /** Chance hardly ever puts one piece into one place. */
    @Test
    void noPieceFindsAFaultOrAValueInAnyPlace() {
        List<String> targets = new ArrayList<>(PATHS);
        for (String piece : PIECES) {
            OWN.forEach((path, parameters) -> parameters.forEach(name -> {
                targets.add(path + "?" + name + "=" + piece);
                targets.add(path + "?" + name + "=failed" + piece);
            }));
            for (String open : List.of("/observe/status/tables/*", "/tables/*", "/tables/*/plan", "/assets/*")) {
                targets.add(open.replace("*", piece));
                targets.add(open.replace("*", "letters" + piece));
            }
        }
        targets.forEach(target -> check(request("GET", target, ""), target));
        for (String path : PATHS) {
            METHODS.forEach(method -> check(request(method, path, ""), method + " " + path));
            HEADERS.forEach(header -> check(request("GET", path, header + "\r\n"), header + " at " + path));
        }
    }

    private static String request(String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static void check(String request, String which) {
        String answer = answer(request);
        String about = which + ": " + request + "\nanswer: " + answer;
        // The JDK's server closes the connection if it cannot read the request as one of HTTP.
        if (!answer.isEmpty()) {
            // Health is down: there is a dead letter.
            String down = request.contains("/observe/health") ? "|503" : "";
            assertThat(answer).as(about).matches(CONTINUES + "HTTP/1\\.1 (2\\d\\d|304|4\\d\\d" + down + ") .*");
        }
        assertThat(answer).as(about).doesNotContain("\tat ", "org.postgresql");
        assertThat(headers(answer)).as(about).doesNotContain("\nX-Injected");
        // A request that is not one of HTTP has an answer of the JDK's server, which repeats none of it.
        if (!answer.contains("<h1>4")) {
            assertThat(answer).as(about).doesNotContain("Exception", "java.");
        }
        assertThat(Canary.sightings(answer)).as(about).isEmpty();
    }

    private static String headers(String answer) {
        return answer.split("\r\n\r\n", 2)[0];
    }

    private static String request(Random random) {
        StringBuilder target = new StringBuilder(one(PATHS, random));
        for (int i = random.nextInt(3); i > 0; i--) {
            target.insert(random.nextInt(target.length() + 1), one(PIECES, random));
        }
        if (random.nextInt(3) > 0) {
            target.append('?').append(query(random));
        }
        String headers = IntStream.range(0, random.nextInt(4))
                .mapToObj(n -> one(HEADERS, random) + "\r\n")
                .collect(Collectors.joining());
        String host = random.nextInt(9) > 0 ? "Host: 127.0.0.1\r\n" : "";
        return one(METHODS, random) + " " + target + " HTTP/1.1\r\n" + host + "Connection: close\r\n" + headers
                + "\r\n";
    }

    private static String query(Random random) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(n -> one(PARAMETERS, random) + (random.nextInt(5) > 0 ? "=" : "") + value(random))
                .collect(Collectors.joining("&"));
    }

    private static String value(Random random) {
        List<String> good = List.of("failed", "any", "letters", "-table", "worst", "1", "500");
        return random.nextBoolean() ? one(good, random) : one(PIECES, random) + one(PIECES, random);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** Empty: the server closed the connection. */
    private static String answer(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), LOADER.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (IOException e) {
            return "";
        }
    }
}
