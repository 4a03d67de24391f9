package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoVariablesTest {
    @TempDir
    private Path directory;

    private ServerSocket other;

    @BeforeEach
    void anotherProcessListens() throws IOException {
        other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void itEnds() throws IOException {
        other.close();
    }

    @Test
    void whatIsAboutDatabasesIsNotTakenFromTheEnvironment() {
        Map<String, String> environment =
                Map.of("SOURCE_URL", "jdbc:mysql://practice/opendental", "LOADER_WORKERS", "3", "HOME", "/home/me");

        assertThat(DemoVariables.of(environment).values()).containsExactly(Map.entry("LOADER_WORKERS", "3"));
    }

    @Test
    void aPortThatIsFreeStays() throws IOException {
        other.close();

        DemoVariables variables = DemoVariables.listening(settings(other.getLocalPort()), Map.of());

        assertThat(variables).isEqualTo(new DemoVariables(Map.of(), variables.taken()));
        assertThat(variables.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", ""})
    void aPortThatIsTakenIsExchangedWhereNoVariableAsksForIt(String variable) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("MANAGEMENT_PORT", variable));
        environment.values().remove("absent");

        DemoVariables variables = DemoVariables.listening(settings(other.getLocalPort()), environment);

        assertThat(variables.taken()).contains(other.getLocalPort());
        assertThat(variables.values().get("MANAGEMENT_PORT"))
                .matches("\\d+")
                .isNotEqualTo(String.valueOf(other.getLocalPort()));
    }

    @Test
    void aPortThatAVariableAsksForIsAnErrorWhenItIsTaken() throws IOException {
        String port = String.valueOf(other.getLocalPort());
        Path settings = settings(0);

        assertThatThrownBy(() -> DemoVariables.listening(settings, Map.of("MANAGEMENT_PORT", port)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("management.port: cannot listen on 127.0.0.1:" + port);
        assertThatThrownBy(() -> DemoVariables.listening(
                        settings,
                        Map.of("JOLOKIA_PORT", port, "JOLOKIA_USER", "operator", "JOLOKIA_PASSWORD", "secret")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jolokia.port: cannot listen on 127.0.0.1:" + port);
    }

    @Test
    void whereNoPortIsToBeHadTheErrorNamesTheHost() throws IOException {
        Path settings = settings(9876);

        assertThatThrownBy(() -> DemoVariables.listening(settings, Map.of("MANAGEMENT_HOST", "192.0.2.1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("192.0.2.1:9876");
    }

    @Test
    void whoListensNowhereNeedsNoPort() throws IOException {
        assertThat(DemoVariables.listening(settings(0), Map.of()).values()).isEmpty();
    }

    private Path settings(int port) throws IOException {
        String shipped = Files.readString(Path.of("config", "application.properties"));
        return Files.writeString(
                directory.resolve("application.properties"),
                shipped.replaceFirst("(?m)^management.port=.*", "management.port=" + port));
    }
}
