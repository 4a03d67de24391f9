package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientScriptTest {
    @TempDir
    private Path directory;

    @Test
    void itsArgumentsGoToTheLastCommandAsTheyAre() throws Exception {
        Path script = ClientScript.write(directory.resolve("client.sh"), "echo first", "printf '<%s>' 'the client'");

        Process process = new ProcessBuilder(script.toString(), "-e", "SELECT  1; -- it's \"quoted\"").start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("first\n<the client><-e><SELECT  1; -- it's \"quoted\">");
        assertThat(process.waitFor()).isZero();
    }
}
