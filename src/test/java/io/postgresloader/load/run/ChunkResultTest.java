package io.postgresloader.load.run;

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
import io.postgresloader.model.RowKey;
import io.postgresloader.target.BatchResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkResultTest {
    private static final DeadLetter DEAD_LETTER = new DeadLetter(
            "t",
            new RowKey(Map.of("id", "1")),
            new Failure(FailureKind.ROW_DATA, Optional.of("22001"), "too long"),
            Optional.empty());

    @Test
    void aChunkSumsItsBatchesAndUnencodedRows() {
        ChunkResult chunk = ChunkResult.of(page(9, 1), Set.of())
                .plus(ChunkResult.of(new BatchResult(2, 1, 1, List.of(DEAD_LETTER)), Set.of()))
                .plus(ChunkResult.of(new BatchResult(0, 0, 4, List.of()), Set.of()));

        assertThat(chunk.balanced().counts()).isEqualTo(new Counts(10, 2, 1, 5, 2, new MappedValues(3, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 0", "0, 0, 5", "1, 1, 1", "4, 4, 4"})
    void aRowThatIsNotAccountedForFailsTheChunk(int inserted, int updated, int unchanged) {
        ChunkResult chunk = ChunkResult.of(page(4, 1), Set.of())
                .plus(ChunkResult.of(new BatchResult(inserted, updated, unchanged, List.of()), Set.of()));

        LoadFailedException failed = catchThrowableOfType(LoadFailedException.class, chunk::balanced);

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.INTEGRITY);
        assertThat(failed.failure().message())
                .isEqualTo("of 5 rows pulled, " + inserted + " were inserted, " + updated + " updated, " + unchanged
                        + " unchanged and 1 dead-lettered: the chunk is rolled back");
    }

    private static Page page(int rows, int rejected) {
        return new Page(
                RowBatch.of(new byte[0], new int[rows]),
                Collections.nCopies(rejected, DEAD_LETTER),
                RowKey.NONE,
                true,
                new MappedValues(3, 0, 0));
    }
}
