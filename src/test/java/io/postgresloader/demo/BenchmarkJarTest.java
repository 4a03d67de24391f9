package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkJarTest {
    @TempDir
    private Path checkout;

    @Test
    void aJarRunsWithTheRoutesOfItsOwnCheckout() throws IOException {
        Path routes = Files.createDirectory(checkout.resolve("routes"));

        BenchmarkJar jar = convert(jar().toString());

        assertThat(jar.routes()).isEqualTo(routes);
        assertThat(jar.directory()).isEqualTo(checkout);
    }

    @Test
    void aJarOutsideACheckoutRunsWithTheRoutesOfThisOne() throws IOException {
        assertThat(convert(jar().toString()).routes())
                .isEqualTo(Path.of("routes").toAbsolutePath());
    }

    @Test
    void namedRoutesCountMoreThanThoseOfTheCheckout() throws IOException {
        Files.createDirectory(checkout.resolve("routes"));
        Path named = Files.createDirectory(checkout.resolve("named"));

        assertThat(convert(jar() + ":" + named).routes()).isEqualTo(named);
    }

    @Test
    void aMissingJarOrDirectoryIsNamed() throws IOException {
        assertThat(convert(checkout + "/other.jar").problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("There is no " + checkout + "/other.jar"));
        assertThat(convert(jar() + ":" + checkout + "/none").problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("There is no directory " + checkout + "/none"));
    }

    @Test
    void aJarWithItsRoutesCanBeMeasured() throws IOException {
        Files.createDirectory(checkout.resolve("routes"));

        assertThat(convert(jar().toString()).problem()).isEmpty();
    }

    private Path jar() throws IOException {
        Files.createDirectories(checkout.resolve("target"));
        return Files.createFile(checkout.resolve("target/loader.jar"));
    }

    private static BenchmarkJar convert(String text) {
        return new BenchmarkJar.Converter().convert(text);
    }
}
