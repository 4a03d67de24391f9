package io.postgresloader.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.UncategorizedSQLException;

/** Checks that need no database. */
class ExaminationTest {
    @TempDir
    Path directory;

    @Test
    void aCheckThatFindsNothingIsOk() {
        Examination check = new Examination(Check.TABLE_RULES, "no table has a rule", List::of);

        assertThat(check.run()).containsExactly(Check.TABLE_RULES.ok("no table has a rule"));
    }

    /** The driver's text would quote values of rows. */
    @Test
    void aCheckThatFailsIsAWarningWithoutTheDriversText() {
        Examination check = new Examination(Check.TABLE_RULES, "", () -> {
            throw new UncategorizedSQLException("rules", "SELECT", new SQLException("secret", "42501"));
        });

        assertThat(check.run())
                .containsExactly(Check.TABLE_RULES.warning("could not be checked: schema (SQLSTATE 42501): the user has"
                        + " no right to do this; see the grants"));
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "5000, OK", "-5000, OK", "5001, WARNING", "-10800000, WARNING"})
    void clocksMayDifferByAFewSeconds(long millis, Level level) {
        assertThat(ClockOffset.of(Check.SOURCE_CLOCK, Duration.ofMillis(millis)).level())
                .isEqualTo(level);
    }

    @Test
    void aClockThatDiffersIsNamedWithItsDirection() {
        assertThat(ClockOffset.of(Check.TARGET_CLOCK, Duration.ofSeconds(-90)).message())
                .startsWith("the clock is 90 s behind the clock of this host");
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.73, false, FAULT",
        "5.5.9, false, OK",
        "8.0.15-debug, false, OK",
        "11.4.5-MariaDB, true, OK",
        "10.11.5-MariaDB-log, true, OK"
    })
    void anOldSourceIsAFault(String version, boolean mariaDb, Level level) {
        assertThat(SourceChecks.version(version, mariaDb).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"'', on, 0, OK", "s1, off, 0, OK", "s1, local, 0, OK", "s1, on, 1, OK", "s1, on, 0, FAULT"})
    void aMissingSynchronousStandbyIsAFault(String names, String wait, long standbys, Level level) {
        assertThat(TargetChecks.synchronous(names, wait, standbys).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"1023, 1023 bytes", "1048576, 1 MB", "1610612736, 1.5 GB", "16777216, 16 MB"})
    void sizesAreReadable(long bytes, String text) {
        assertThat(Sizes.of(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"rw-------, OK", "r--------, OK", "rw-r-----, WARNING", "rw----r--, WARNING"})
    void aPasswordFileIsForItsOwner(String permissions, Level level) throws IOException {
        Path file = Files.createFile(directory.resolve("source"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        List<Finding> found = PasswordChecks.of(List.of(new PasswordFile("SOURCE_PASSWORD_FILE", file)))
                .get(0)
                .run();

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.message()).contains("SOURCE_PASSWORD_FILE");
            assertThat(finding.statement())
                    .isEqualTo(level == Level.OK ? Optional.empty() : Optional.of("chmod 600 " + file));
        });
    }

    @Test
    void aSecretOfAContainerIsNotSaidToBeForItsOwner() throws IOException {
        Path own = Files.createFile(directory.resolve("target"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));

        List<Finding> found = PasswordChecks.of(List.of(
                        new PasswordFile("SOURCE_PASSWORD_FILE", Path.of("/run/secrets/source_password")),
                        new PasswordFile("TARGET_PASSWORD_FILE", own)))
                .get(0)
                .run();

        assertThat(found)
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message())
                                .isEqualTo(
                                        "only the owner can read TARGET_PASSWORD_FILE; the container has as a secret SOURCE_PASSWORD_FILE"));
    }

    @Test
    void aPasswordFileThatIsMissingIsNoEnd() {
        List<Finding> found = PasswordChecks.of(
                        List.of(new PasswordFile("SOURCE_PASSWORD_FILE", directory.resolve("no"))))
                .get(0)
                .run();

        assertThat(found).singleElement().satisfies(finding -> assertThat(finding.level())
                .isEqualTo(Level.WARNING));
    }
}
