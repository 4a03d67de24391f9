package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void anAddressInUseIsReportedWithItsSetting() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(
                            () -> Operation.requireAddresses(settings(Map.of("MANAGEMENT_PORT", String.valueOf(port)))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("management.port: cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("set MANAGEMENT_PORT to another port, or to 0 to turn it off");
            assertThatThrownBy(() -> Operation.requireAddresses(settings(Map.of(
                            "MANAGEMENT_PORT", "0",
                            "JOLOKIA_PORT", String.valueOf(port),
                            "JOLOKIA_USER", "operator",
                            "JOLOKIA_PASSWORD", "secret"))))
                    .hasMessageContaining("set JOLOKIA_PORT to another port");
        }
    }

    @Test
    void withoutAListenerNoAddressIsChecked() {
        assertThatCode(() -> Operation.requireAddresses(settings(Map.of("MANAGEMENT_PORT", "0"))))
                .doesNotThrowAnyException();
    }

    private static Settings settings(Map<String, String> variables) {
        return SettingsReader.read(Path.of("config", "application.properties"), variables)
                .settings();
    }
}
