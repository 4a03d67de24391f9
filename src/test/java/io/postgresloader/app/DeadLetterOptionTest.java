package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A number belongs to the option, any other word is an argument. */
class DeadLetterOptionTest {
    @Command
    private static final class Probe {
        @Mixin
        private DeadLetterOption option;

        @Parameters(arity = "0..*")
        private List<String> tables = new ArrayList<>();
    }

    @ParameterizedTest
    @CsvSource({
        "visit, 0",
        "visit --allow-dead-letters, 9223372036854775807",
        "--allow-dead-letters visit, 9223372036854775807",
        "--allow-dead-letters=9 visit, 9",
        "--allow-dead-letters 9 visit, 9",
        "--allow-dead-letters=0 visit, 0"
    })
    void theNumberIsOptional(String line, long allowed) {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs(line.split(" "));
        assertThat(probe.option.allowed()).isEqualTo(allowed);
        assertThat(probe.tables).containsExactly("visit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775808", "abc", "9x", "1.5"})
    void otherWordsThatAreAttachedAreNotAllowed(String number) {
        CommandLine line = new CommandLine(new Probe());
        assertThatThrownBy(() -> line.parseArgs("--allow-dead-letters=" + number))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--allow-dead-letters: found " + number + "; expected 0 to 9223372036854775807");
    }

    @Test
    void aMissingNumberIsNotAllowed() {
        CommandLine line = new CommandLine(new Probe());
        assertThatThrownBy(() -> line.parseArgs("visit", "--allow-dead-letters="))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--allow-dead-letters: found nothing; expected 0 to");
    }

    @Test
    void withoutTheOptionNoneIsAllowed() {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs();
        assertThat(probe.option.allowed()).isZero();
    }
}
