package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureBackOffTest {
    private static final Failure SCHEMA = LoadErrors.schema("no key").failure();

    @TempDir
    Path directory;

    private Catalog catalog;
    private boolean failed = true;
    private Duration now = Duration.ofHours(-5);
    private final FailureBackOff backOff = new FailureBackOff(() -> catalog, table -> failed, () -> now);

    @BeforeEach
    void aTableLoadedEachMinute() throws IOException {
        edit("fee: {schedule: 1m}\n");
    }

    @Test
    void thePeriodDoublesUpToAnHour() {
        List<Long> minutes = new ArrayList<>();
        for (int failures = 0; failures < 9; failures++) {
            fail(SCHEMA);
            minutes.add(minutesUntilTheNextLoad());
        }

        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void aLongPeriodStaysAsItIs() throws IOException {
        edit("fee: {schedule: 1d}\n");
        fail(SCHEMA);
        fail(SCHEMA);
        fail(SCHEMA);

        assertThat(backOff.rests("fee")).isFalse();
    }

    @Test
    void aSuccessEndsTheRest() {
        fail(SCHEMA);
        fail(SCHEMA);
        end(Outcome.SUCCESS, Optional.empty());

        assertThat(backOff.rests("fee")).isFalse();
        fail(SCHEMA);
        assertThat(minutesUntilTheNextLoad()).isEqualTo(1);
    }

    @Test
    void aSuccessOfAnotherProcessEndsTheRest() {
        fail(SCHEMA);
        fail(SCHEMA);
        assertThat(backOff.rests("fee")).isTrue();
        failed = false;

        assertThat(backOff.rests("fee")).isFalse();
        failed = true;
        assertThat(backOff.rests("fee")).isFalse();
    }

    @Test
    void anEditOfTheTableEndsTheRest() throws IOException {
        fail(SCHEMA);
        fail(SCHEMA);
        edit("fee: {schedule: 1m}\nother:\n");
        assertThat(backOff.rests("fee")).isTrue();

        edit("fee: {schedule: 1m, load: full}\n");

        assertThat(backOff.rests("fee")).isFalse();
    }

    @Test
    void aLoadThatWasSkippedChangesNothing() {
        fail(SCHEMA);
        fail(SCHEMA);
        end(Outcome.SKIPPED, Optional.empty());

        assertThat(minutesUntilTheNextLoad()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatCannotBeUsedDelaysNoTable() {
        for (String state : List.of("08006", "28P01", "53100", "57P01", "25006")) {
            fail(new Failure(FailureKind.TRANSIENT, Optional.of(state), "down"));
            fail(new Failure(FailureKind.TRANSIENT, Optional.of(state), "down"));
        }

        assertThat(backOff.rests("fee")).isFalse();
    }

    /** The timer fires at each full minute. */
    private long minutesUntilTheNextLoad() {
        long minutes = 1;
        now = now.plusSeconds(59);
        while (backOff.rests("fee")) {
            minutes++;
            now = now.plusMinutes(1);
        }
        return minutes;
    }

    /** A load that a timer began fails after a second. */
    private void fail(Failure failure) {
        now = now.plusSeconds(1);
        end(Outcome.FAILED, Optional.of(failure));
    }

    private void end(Outcome outcome, Optional<Failure> failure) {
        backOff.ended(new LoadResult("fee", outcome, Optional.empty(), "", Counts.NONE, 0, 1, failure));
    }

    private void edit(String tables) throws IOException {
        catalog = CatalogReader.read(Files.writeString(directory.resolve("tables.yml"), tables));
    }
}
