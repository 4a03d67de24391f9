package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.postgresloader.testing.LoaderMetrics;
import io.postgresloader.testing.Sampled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher answers {@code health} without Java, exactly as the command would. */
class LauncherHealthIT {
    private static final String ANSWER = "{\n  \"status\" : \"UP\",\n  \"table\" : \"größe %s \\\\n\"\n}\n";
    private static final String JAR =
            Path.of("target", "postgres-loader.jar").toAbsolutePath().toString();

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>(Launched.NO_DATABASES);

    {
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LANG", "C.UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            200 | health       | /observe/health/ready
            503 | health       | /observe/health/ready
            200 | health --all | /observe/health
            503 | health --all | /observe/health
            """)
    void theLoadersAnswerIsPrinted(int status, String line, String path) throws Exception {
        try (Answering loader = new Answering(path, status)) {
            environment.put("MANAGEMENT_PORT", loader.port());

            assertThat(answered(line)).isEqualTo(byJava(line)).satisfies(answer -> {
                assertThat(answer.out()).isEqualTo(ANSWER);
                assertThat(answer.exitCode()).isEqualTo(status == 200 ? 0 : 1);
            });
        }
    }

    /** Lines of the file of settings that name the port, some of them so that only Java understands them. */
    @ParameterizedTest
    @Sampled(oneOf = 3)
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            management.port=PORT                                            | true
            '# management.port=1 / management.port=PORT'                    | true
            management.host=0.0.0.0 / management.port=PORT                  | true
            management.port = PORT                                          | false
            management.port:PORT                                            | false
            management.host=localhost / management.port=PORT                | false
            source.time_zone=\\ / management.port=1 / management.port=PORT  | false
            management.port=PORT / management.port=PORT                     | false
            management.port=0PORT                                           | false
            """)
    void settingsThatAreNotPlainAreLeftToJava(String lines, boolean plain) throws Exception {
        try (Answering loader = new Answering("/observe/health/ready", 200)) {
            settings(lines.replace(" / ", "\n").replace("PORT", loader.port()));

            assertThat(withoutJava()).isEqualTo(plain);
            assertThat(run("health")).isEqualTo(byJava("health"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nothing listens       | MANAGEMENT_PORT | FREE
            not a number          | MANAGEMENT_PORT | many
            no server             | MANAGEMENT_PORT | 0
            """)
    void whatIsNoAnswerIsLeftToJava(String what, String variable, String value) throws Exception {
        environment.put(variable, value.replace("FREE", String.valueOf(LoaderMetrics.freePort())));

        assertThat(withoutJava()).as(what).isFalse();
        assertThat(run("health")).isEqualTo(byJava("health"));
    }

    @ParameterizedTest
    @CsvSource({"/elsewhere, 200", "/observe/health/ready, 500"})
    void anotherServersAnswerIsLeftToJava(String path, int status) throws Exception {
        try (Answering other = new Answering(path, status)) {
            environment.put("MANAGEMENT_PORT", other.port());

            assertThat(withoutJava()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"health --al", "health extra", "health --all --help", "--config x health"})
    void otherArgumentsAreLeftToJava(String line) throws Exception {
        try (Answering loader = new Answering("/", 200)) {
            environment.put("MANAGEMENT_PORT", loader.port());

            assertThat(answered(line).err()).startsWith("postgres-loader: JAVA_HOME");
        }
    }

    @Test
    void aLoaderThatDoesNotAnswerTimesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            environment.put("MANAGEMENT_PORT", String.valueOf(silent.getLocalPort()));

            assertThat(answered("health")).isEqualTo(byJava("health")).satisfies(answer -> {
                assertThat(answer.exitCode()).isEqualTo(4);
                assertThat(answer.err()).contains("within 7 seconds");
            });
        }
    }

    private void settings(String lines) throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/application.properties"), lines + "\n");
    }

    private Launched run(String line) throws Exception {
        return Launched.run(environment, directory, Launched.LAUNCHER, line.split(" "));
    }

    /** The launcher's answer, in an environment in which Java cannot be found. */
    private Launched answered(String line) throws Exception {
        Map<String, String> noJava = new HashMap<>(environment);
        noJava.put("JAVA_HOME", "/no/java");
        return Launched.run(noJava, directory, Launched.LAUNCHER, line.split(" "));
    }

    private boolean withoutJava() throws Exception {
        return !answered("health").err().startsWith("postgres-loader: JAVA_HOME");
    }

    private Launched byJava(String line) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Launched.run(
                environment,
                directory,
                java,
                Stream.concat(Stream.of("-XX:TieredStopAtLevel=1", "-jar", JAR), Stream.of(line.split(" ")))
                        .toArray(String[]::new));
    }

    /** Stands for a loader: an HTTP server with one page. */
    private static final class Answering implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        Answering(String path, int status) throws IOException {
            server.createContext(path, exchange -> {
                byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
                int found = exchange.getRequestURI().getPath().equals(path) ? status : 404;
                exchange.sendResponseHeaders(found, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        String port() {
            return String.valueOf(server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
