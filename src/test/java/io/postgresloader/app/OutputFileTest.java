package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFileTest {
    @TempDir
    Path directory;

    @Test
    void isReplacedAsAWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("tables.yml"), "before and longer");
        OutputFile.writable("--output", file).write("after");
        assertThat(file).hasContent("after");
        assertThat(directory).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theTargetOfALinkIsReplacedAndTheLinkStays() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(directory.resolve("there")).resolve("list.yml"), "before");
        Path link = Files.createSymbolicLink(directory.resolve("tables.yml"), file);
        OutputFile.writable("--output", link).write("after");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("after");
    }

    @Test
    void aFailedWriteLeavesNoFile() throws IOException {
        Path file = directory.resolve("tables.yml");
        OutputFile output = OutputFile.writable("--output", file);
        Files.createDirectory(file);
        Files.writeString(file.resolve("in the way"), "");
        assertThatThrownBy(() -> output.write("after"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the file could not be written");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/null, the path is not a regular file",
        ".., the path is a directory",
        "/dev/null/tables.yml, the directory /dev/null does not exist"
    })
    void failsBeforeTheWorkBegins(Path file, String found) {
        assertThatThrownBy(() -> OutputFile.writable("--report", directory.resolve(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--report: " + found);
    }
}
