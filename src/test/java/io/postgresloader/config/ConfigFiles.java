package io.postgresloader.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Writes configuration files and shortens messages to what does not depend on the machine. */
public final class ConfigFiles {
    /** Of a CA that nobody uses; out of date, since that does not matter to the settings. */
    public static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBQTCB6aADAgECAgkA1dj2FEVLrO0wCgYIKoZIzj0EAwIwDTELMAkGA1UEAxMC
            Y2EwHhcNMjYxMTI0MDAwODAyWhcNMjYxMTI1MDAwODAyWjANMQswCQYDVQQDEwJj
            YTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHh/5621Z+nevLPhqCPbgPmTp4st
            Hku9yTypwXK2vhmgUF+jhWzupnTRMT3UEOuiibXvfow6ZHJPXoqjQUQcywOjMjAw
            MB0GA1UdDgQWBBQ9+Ci5koKQjm7av8/J+rRBDY61MDAPBgNVHRMBAf8EBTADAQH/
            MAoGCCqGSM49BAMCA0cAMEQCICGDmXDgvKWn6VZDel8TeXi2Yf3C/QhlXcrs18LY
            9Ir/AiAtN6jug9fRAMaHLGPmF/POYGs0fQpKB1lGBbn/E9ZSow==
            -----END CERTIFICATE-----
            """;

    private ConfigFiles() {}

    public static Path write(Path directory, String name, String text) {
        return write(directory, name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Path write(Path directory, String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The full messages, files without their directory; none when the call succeeds. */
    public static List<String> problems(Path directory, ThrowingCallable call) {
        ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, call);
        return thrown == null
                ? List.of()
                : thrown.getMessage()
                        .lines()
                        .map(line -> line.replace(directory + "/", ""))
                        .toList();
    }
}
