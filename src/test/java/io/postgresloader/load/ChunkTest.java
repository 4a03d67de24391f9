package io.postgresloader.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.postgresloader.model.Counts;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.MappedValues;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.target.BatchResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkTest {
    private static final DeadLetter REFUSED = new DeadLetter(
            "t",
            Map.of("id", "1"),
            new Failure(FailureKind.ROW_DATA, Optional.of("22001"), "too long"),
            Optional.empty());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0, 3, -", "1, 3, 0-1", "3, 3, 0-3", "4, 3, 0-3 3-4", "6, 3, 0-3 3-6", "2, 1, 0-1 1-2"})
    void everyRowIsInOneBatch(int rows, int batchRows, String batches) {
        String found = String.join(
                " ",
                new Chunk(page(rows, 0), batchRows)
                        .batches().stream().map(b -> b.from() + "-" + b.to()).toList());

        assertThat(found).isEqualTo(batches == null ? "" : batches);
    }

    @Test
    void aChunkAddsUpWhatBecameOfItsBatchesAndOfWhatCouldNotBeEncoded() {
        Chunk chunk = new Chunk(page(9, 1), 5);

        chunk.add(new BatchResult(2, 1, 1, List.of(REFUSED)));
        chunk.add(new BatchResult(0, 0, 4, List.of()));

        assertThat(chunk.balanced()).isEqualTo(new Counts(10, 2, 1, 5, 2, new MappedValues(3, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 0", "0, 0, 5", "1, 1, 1", "4, 4, 4"})
    void aRowThatIsNotAccountedForRollsTheChunkBack(int inserted, int updated, int unchanged) {
        Chunk chunk = new Chunk(page(4, 1), 10);
        chunk.add(new BatchResult(inserted, updated, unchanged, List.of()));

        LoadFailedException refused = catchThrowableOfType(LoadFailedException.class, chunk::balanced);

        assertThat(refused.failure().kind()).isEqualTo(FailureKind.INTEGRITY);
        assertThat(refused.failure().message())
                .isEqualTo("of 5 rows pulled, " + inserted + " were inserted, " + updated + " updated, " + unchanged
                        + " unchanged and 1 dead-lettered: the chunk is rolled back");
    }

    private static Page page(int rows, int rejected) {
        return new Page(
                new RowBatch(new byte[0], new int[rows], 0, rows),
                Collections.nCopies(rejected, REFUSED),
                List.of(),
                true,
                new MappedValues(3, 0, 0));
    }
}
