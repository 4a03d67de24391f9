package io.postgresloader.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrackingSchemaTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources", TrackingSchema.MIGRATIONS);

    @Test
    void theVersionIsThatOfTheNewestMigration() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            int newest = files.map(file -> file.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();

            assertThat(TrackingSchema.VERSION).isEqualTo(String.valueOf(newest));
        }
    }
}
