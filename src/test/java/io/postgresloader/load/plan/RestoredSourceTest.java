package io.postgresloader.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoredSourceTest {
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-23T12:00:00");
    private static final SourceOrigin BEFORE = new SourceOrigin("a", false, Optional.of(NOON));

    /** Keys up to 20 were loaded. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = ';',
            value = {
                // The newest rows were deleted, or nothing happened.
                "20; 21; false; goes on",
                "15; 21; false; goes on",
                "-;  21; false; goes on",
                // Deleted, in a table whose keys are not given out by the source.
                "15; -;  false; goes on",
                // An ALTER or OPTIMIZE.
                "20; 21; true;  notes",
                "25; -;  true;  notes",
                "15; 21; true;  notes",
                // Restored or emptied.
                "15; 16; false; its AUTO_INCREMENT is 16, and keys up to 20 were loaded before",
                "-;  1;  false; its AUTO_INCREMENT is 1, and keys up to 20 were loaded before",
                "15; 20; true;  its AUTO_INCREMENT is 20, and keys up to 20 were loaded before",
                "15; -;  true;  it was created again at 2026-11-23T13:00 UTC, and its greatest key is 15 where keys up to 20",
                "-;  -;  true;  it was created again at 2026-11-23T13:00 UTC, and its greatest key is none where keys"
            })
    void keysThatAreHandedOutAgainFailTheLoad(BigInteger greatest, BigInteger next, boolean recreated, String outcome) {
        SourceOrigin now = new SourceOrigin("a", false, Optional.of(recreated ? NOON.plusHours(1) : NOON));

        assertOutcome(now, Optional.of(BEFORE), greatest, next, outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "a, true,  a, true,  false, goes on",
        "a, true,  b, true,  false, the source is another server than the one it was loaded from",
        "a, true,  b, true,  true,  the source is another server than the one it was loaded from",
        // MariaDB's id changes with the network interface.
        "a, false, b, false, false, notes",
        "a, true,  b, false, false, notes",
        "a, false, b, false, true,  the source is another server than the one it was loaded from",
    })
    void aServerThatIsCertainlyAnotherFailsTheLoad(
            String before, boolean certain, String server, boolean nowCertain, boolean recreated, String outcome) {
        SourceOrigin now = new SourceOrigin(server, nowCertain, Optional.of(recreated ? NOON.plusHours(1) : NOON));
        SourceOrigin known = new SourceOrigin(before, certain, Optional.of(NOON));

        assertOutcome(now, Optional.of(known), BigInteger.valueOf(20), BigInteger.valueOf(21), outcome);
    }

    @Test
    void anotherServerIsAcceptedUnlessItHandsOutKeysAgain() {
        LoadRequest request = LoadFixtures.request(LoadRequest.Kind.DUE).acceptingSource(true);
        SourceOrigin now = new SourceOrigin("b", true, Optional.of(NOON.plusHours(1)));
        TableState state = state(Optional.of(new SourceOrigin("a", true, Optional.of(NOON))), BigInteger.valueOf(20));

        assertThat(source(state, now, BigInteger.valueOf(20), BigInteger.valueOf(21))
                        .check(request, LoadMode.AUTO, state))
                .containsExactly(RestoredSource.ACCEPTED);
        assertThatThrownBy(() -> source(state, now, BigInteger.valueOf(15), BigInteger.valueOf(16))
                        .check(request, LoadMode.AUTO, state))
                .hasMessageContaining("its AUTO_INCREMENT is 16, and keys up to 20 were loaded before");
    }

    @Test
    void anOriginThatWasNotStoredIsStored() {
        SourceOrigin now = new SourceOrigin("b", true, Optional.of(NOON));

        assertOutcome(now, Optional.empty(), BigInteger.valueOf(20), BigInteger.valueOf(21), "goes on");
    }

    @Test
    void anUnknownCreationTimeIsNoSign() {
        SourceOrigin now = new SourceOrigin("b", false, Optional.empty());

        assertOutcome(now, Optional.of(BEFORE), BigInteger.valueOf(15), null, "notes");
    }

    @Test
    void aTableThatWasLoadedEmptyHasNoGreatestKey() {
        TableState state = state(Optional.of(BEFORE), Window.LEAST_KEY);

        assertThat(check(LoadRequest.Kind.DUE, LoadMode.AUTO, state, BEFORE, null, BigInteger.ONE))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"DUE, AUTO, false", "REPAIR, AUTO, false", "REPLAY, AUTO, false", "DUE, FULL, true", "FULL, AUTO, true"
    })
    void aFullLoadAcceptsTheSource(LoadRequest.Kind kind, LoadMode mode, boolean goesOn) {
        TableState state = state(Optional.of(BEFORE), BigInteger.valueOf(20));

        LoadFailedException failed = check(kind, mode, state, BEFORE, BigInteger.TEN, BigInteger.valueOf(11));

        assertThat(failed == null).isEqualTo(goesOn);
    }

    @Test
    void keysOfRowsThatWereDeletedFailNoLoad() {
        TableState state = state(Optional.of(BEFORE), BigInteger.valueOf(20));
        TableFacts.LostKeys lost =
                new TableFacts.LostKeys(BigInteger.valueOf(20), Optional.of(BigInteger.valueOf(16)), true);
        TableFacts.Keys keys = new TableFacts.Keys(Optional.of(BigInteger.valueOf(15)), Optional.of(lost));

        assertThat(new RestoredSource("t", BEFORE, keys)
                        .check(LoadFixtures.request(LoadRequest.Kind.DUE), LoadMode.AUTO, state))
                .containsExactly("the source gives out keys up to 20 a second time: its newest rows were deleted");
    }

    private static void assertOutcome(
            SourceOrigin now, Optional<SourceOrigin> before, BigInteger greatest, BigInteger next, String outcome) {
        TableState state = state(before, BigInteger.valueOf(20));
        if (outcome.equals("goes on") || outcome.equals("notes")) {
            List<String> notes = source(state, now, greatest, next)
                    .check(LoadFixtures.request(LoadRequest.Kind.DUE), LoadMode.AUTO, state);
            assertThat(notes.isEmpty()).isEqualTo(outcome.equals("goes on"));
            return;
        }
        LoadFailedException failed = check(LoadRequest.Kind.DUE, LoadMode.AUTO, state, now, greatest, next);
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.SCHEMA);
        assertThat(failed)
                .hasMessageContaining("table t: " + outcome)
                .hasMessageContaining("once t --full, then verify t --repair")
                .hasMessageContaining("source.url");
    }

    private static LoadFailedException check(
            LoadRequest.Kind kind,
            LoadMode mode,
            TableState state,
            SourceOrigin now,
            BigInteger greatest,
            BigInteger next) {
        return catchThrowableOfType(LoadFailedException.class, () -> source(state, now, greatest, next)
                .check(LoadFixtures.request(kind), mode, state));
    }

    private static RestoredSource source(TableState state, SourceOrigin now, BigInteger greatest, BigInteger next) {
        Optional<TableFacts.LostKeys> lost = RestoredSource.lostKey(state, Optional.ofNullable(greatest))
                .map(loaded -> new TableFacts.LostKeys(loaded, Optional.ofNullable(next), false));
        return new RestoredSource("t", now, new TableFacts.Keys(Optional.ofNullable(greatest), lost));
    }

    private static TableState state(Optional<SourceOrigin> before, BigInteger loaded) {
        Watermarks watermarks = new Watermarks(
                NOON, Map.of(), List.of(new KeyMark(NOON.minusHours(1), BigInteger.TWO), new KeyMark(NOON, loaded)));
        return new TableState(
                1,
                new TableState.Ended("success", null, null),
                Optional.of(watermarks),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                before,
                Optional.empty());
    }
}
