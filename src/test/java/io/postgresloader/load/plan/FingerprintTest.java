package io.postgresloader.load.plan;

import static io.postgresloader.load.LoadFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.TableOptions;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
    private static final List<Cursor> CURSORS =
            List.of(new Cursor("at", CursorType.TIMESTAMP), new Cursor("day", CursorType.DATE));
    private static final SourceTable TABLE = LoadFixtures.source(List.of(key("id")), "id int(11)", "at timestamp");
    private static final TableOptions OPTIONS = options(CursorLogic.OR, DateBounds.DEFAULT);
    private static final Map<String, String> BEFORE = of(OPTIONS, TABLE, CURSORS);

    /** What is so now, and what that changed in words. */
    record Case(Map<String, String> now, String difference) {
        @Override
        public String toString() {
            return difference;
        }
    }

    static Stream<Case> changes() {
        return Stream.of(
                new Case(
                        of(
                                OPTIONS,
                                LoadFixtures.source(List.of(key("id", "at")), "id int(11)", "at timestamp"),
                                CURSORS),
                        "key changed"),
                new Case(of(OPTIONS, TABLE, CURSORS.subList(0, 1)), "cursor columns changed"),
                new Case(
                        of(
                                OPTIONS,
                                TABLE,
                                List.of(new Cursor("at", CursorType.DATETIME), new Cursor("day", CursorType.DATE))),
                        "cursor columns changed"),
                new Case(of(options(CursorLogic.AND, DateBounds.DEFAULT), TABLE, CURSORS), "logic changed"),
                new Case(
                        of(
                                options(CursorLogic.OR, new DateBounds(LocalDate.of(1990, 1, 1), Optional.empty())),
                                TABLE,
                                CURSORS),
                        "bounds changed"),
                new Case(
                        of(
                                options(
                                        CursorLogic.AND,
                                        new DateBounds(
                                                LocalDate.of(2000, 1, 1), Optional.of(LocalDate.of(2030, 12, 31)))),
                                TABLE,
                                CURSORS),
                        "logic and bounds changed"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeOfWhatWatermarksDependOnIsDescribed(Case change) {
        assertThat(Fingerprint.difference(BEFORE, change.now())).contains(change.difference());
    }

    @Test
    void equalFingerprintsHaveNoDifference() {
        assertThat(Fingerprint.difference(BEFORE, Map.copyOf(BEFORE))).isEmpty();
    }

    /** A bookmark does: it holds rows of these columns. */
    @Test
    void columnsAndTypesInvalidateOnlyABookmark() {
        Map<String, String> wider =
                of(OPTIONS, LoadFixtures.source(TABLE.keys(), "id bigint(20)", "at timestamp"), CURSORS);

        assertThat(wider).isNotEqualTo(BEFORE);
        assertThat(Fingerprint.difference(BEFORE, wider)).isEmpty();
    }

    /** Version 0.1.0 did not record how values are stored. */
    @Test
    void anUnknownTreatmentOfValuesIsNoDifference() {
        Map<String, String> older = new HashMap<>(BEFORE);
        older.remove("values");

        assertThat(Fingerprint.same(older, BEFORE)).isTrue();
        assertThat(Fingerprint.sameValues(older, BEFORE)).isEmpty();
        assertThat(Fingerprint.sameValues(BEFORE, Map.copyOf(BEFORE))).contains(true);
        older.put("values", "STRIP REJECT null{}");
        assertThat(Fingerprint.same(older, BEFORE)).isFalse();
        assertThat(Fingerprint.sameValues(older, BEFORE)).contains(false);
        assertThat(Fingerprint.difference(older, BEFORE)).isEmpty();
    }

    @Test
    void theOrderOfCursorColumnsMakesNoDifference() {
        List<Cursor> turned = List.of(CURSORS.get(1), CURSORS.get(0));

        assertThat(Fingerprint.difference(BEFORE, of(OPTIONS, TABLE, turned))).isEmpty();
    }

    @Test
    void withoutAStoredFingerprintEverythingDiffers() {
        assertThat(Fingerprint.difference(Map.of(), BEFORE))
                .contains("key and cursor columns and logic and bounds changed");
    }

    private static Map<String, String> of(TableOptions options, SourceTable source, List<Cursor> cursors) {
        return Fingerprint.of(LoadFixtures.prepared(options, source), cursors);
    }

    private static TableOptions options(CursorLogic logic, DateBounds bounds) {
        return LoadFixtures.options(List.of(), logic, bounds, LoadMode.INCREMENTAL);
    }
}
