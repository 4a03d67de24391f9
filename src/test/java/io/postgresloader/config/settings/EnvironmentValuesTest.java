package io.postgresloader.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentValuesTest {
    private static final String REQUIRED =
            """
            source.url=jdbc:mysql://db:3306/opendental
            source.user=reader
            target.url=jdbc:postgresql://wh:5432/analytics
            target.user=writer
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "SOURCE_PASWORD, SOURCE_PASSWORD",
        "SOURCE_PASSWORT_FILE, SOURCE_PASSWORD_FILE",
        "LOADER_WORKER, LOADER_WORKERS",
        "SORCE_UR, SOURCE_URL",
        "TARGET_SCEMA, TARGET_SCHEMA"
    })
    void aMistypedVariableIsNamed(String variable, String near) {
        assertThat(problems(Map.of(variable, "x")))
                .containsExactly("environment: " + variable + ": unknown variable; did you mean " + near
                        + "? rename or unset it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOURCE_PORT", "TARGET_HOME", "SOURCE_DATE_EPOCH", "LOG_LEVEL", "source_url", "PATH"})
    void variablesOfOtherProgramsAreNoProblem(String variable) {
        assertThat(SettingsReader.read(file(), Map.of(variable, "x")).settings())
                .isEqualTo(SettingsReader.read(file(), Map.of()).settings());
    }

    private List<String> problems(Map<String, String> environment) {
        Path file = file();
        return ConfigFiles.problems(directory, () -> SettingsReader.read(file, environment));
    }

    private Path file() {
        return ConfigFiles.write(directory, "application.properties", REQUIRED);
    }
}
