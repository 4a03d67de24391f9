package io.postgresloader.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual lists the checks of the code, in its order, with what they look at. */
class DoctorPageTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "doctor.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| ([a-z]+) \\| (.+?) \\|.*");

    @Test
    void theTableOfThePageIsThatOfTheCode() throws IOException {
        List<String> listed = Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " | " + row.group(2) + " | "
                        + row.group(3).replace("`", ""))
                .toList();

        assertThat(listed)
                .isEqualTo(Arrays.stream(Check.values())
                        .map(check -> check.id() + " | " + check.side().word() + " | " + check.description())
                        .toList());
    }
}
