package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.SourceTable;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.testing.Extent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table may be altered at any moment, also while the loader reads how it is declared. */
@Timeout(120)
@Tag(Extent.CORE)
class AlteredTableIT {
    private static final int ALTERATIONS = 40;

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MyISAM", "InnoDB"})
    void itIsNeverSeenWithoutColumnsOrKeys(String engine) {
        fixture.source().execute("CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(20)) ENGINE=" + engine);
        fixture.tables("visit:");
        SourceSchema schema = fixture.services().sourceSchema();
        CompletableFuture<Void> alterations = CompletableFuture.runAsync(this::alter);

        int reads = 0;
        while (!alterations.isDone()) {
            Optional<SourceTable> table = schema.table("visit");
            reads++;
            assertThat(table).as("read %d", reads).isPresent();
            assertThat(table.orElseThrow().columns())
                    .as("columns in read %d", reads)
                    .hasSizeBetween(2, 3);
            assertThat(table.orElseThrow().keys()).as("keys in read %d", reads).hasSize(1);
        }
        alterations.join();
    }

    private void alter() {
        for (int i = 0; i < ALTERATIONS; i++) {
            fixture.source().execute("ALTER TABLE visit ADD COLUMN Added int", "ALTER TABLE visit DROP COLUMN Added");
        }
    }
}
