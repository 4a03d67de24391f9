package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.doctor.Check;
import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.doctor.PasswordFile;
import io.postgresloader.tracking.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** What doctor prints, and its exit code. */
class FindingsTextTest {
    private static final Finding VERSION = finding(Check.SOURCE_VERSION, Level.OK, null, "MariaDB 11.4.5", null);
    private static final Finding ENCODING =
            finding(Check.TARGET_ENCODING, Level.WARNING, null, "the encoding of the database is LATIN1", null);
    private static final Finding RULE =
            finding(Check.TABLE_RULES, Level.FAULT, "visit", "has the rule also", "DROP RULE \"also\"");

    @TempDir
    Path directory;

    private static Finding finding(Check check, Level level, String table, String message, String statement) {
        return new Finding(check, level, Optional.ofNullable(table), message, Optional.ofNullable(statement));
    }

    @Test
    void findingsAreGroupedBySideAndCounted() {
        assertThat(FindingsText.of(List.of(VERSION, ENCODING, RULE), false, Ansi.OFF))
                .isEqualToNormalizingNewlines(
                        """
                        Source
                          ok  source-version  MariaDB 11.4.5

                        Target
                          warning  target-encoding  the encoding of the database is LATIN1

                        Tables
                          fault  table-rules  visit: has the rule also; run: DROP RULE "also"

                        1 ok, 1 warning, 1 fault
                        """);
    }

    @Test
    void quietLeavesOutWhatIsOk() {
        assertThat(FindingsText.of(List.of(VERSION, RULE, RULE), true, Ansi.OFF))
                .doesNotContain("Source", "MariaDB")
                .endsWith("1 ok, 0 warnings, 2 faults" + System.lineSeparator());
    }

    @Test
    void theJsonHasTheDocumentedFields() {
        assertThat(Json.pretty(FindingsText.json(List.of(VERSION, RULE), true)))
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "summary" : {
                            "ok" : 1,
                            "warning" : 0,
                            "fault" : 1
                          },
                          "findings" : [ {
                            "check" : "table-rules",
                            "side" : "table",
                            "level" : "fault",
                            "table" : "visit",
                            "message" : "has the rule also",
                            "statement" : "DROP RULE \\"also\\""
                          } ]
                        }
                        """);
        assertThat(Json.write(FindingsText.json(List.of(VERSION), false)))
                .contains("\"table\":null", "\"statement\":null");
    }

    @Test
    void theExitCodeNamesTheWorst() {
        Finding silent = finding(Check.SOURCE_CONNECTION, Level.FAULT, null, "is not available", null);

        assertThat(DoctorCommand.exitCode(List.of(VERSION, ENCODING))).isEqualTo(ExitCode.DONE);
        assertThat(DoctorCommand.exitCode(List.of(VERSION, RULE))).isEqualTo(ExitCode.FAILED);
        assertThat(DoctorCommand.exitCode(List.of(silent, RULE))).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void passwordsAreReadFromVariablesAndFromTheSettingsFile() throws IOException {
        Path settings = Files.writeString(directory.resolve("application.properties"), "target.password=x\n");

        assertThat(Checkup.passwordFiles(
                        settings, Map.of("SOURCE_PASSWORD_FILE", "/etc/source", "SOURCE_URL_FILE", "/u")))
                .containsExactly(
                        new PasswordFile("SOURCE_PASSWORD_FILE", Path.of("/etc/source")),
                        new PasswordFile("target.password", settings));
        assertThat(Checkup.passwordFiles(directory.resolve("no"), Map.of())).isEmpty();
    }
}
