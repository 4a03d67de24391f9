package io.postgresloader.load.schema;

import static io.postgresloader.load.LoadFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.Key;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.SourceTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyResolverTest {
    private static final List<Key> NONE = List.of();
    private static final List<Key> ONE = List.of(key("AdjNum"));
    private static final List<Key> TWO = List.of(key("AdjNum"), key("PatNum", "AdjDate"));

    /** The keys that the source declares, what is configured, and the key or the message. */
    record Case(List<Key> declared, List<String> configured, String outcome) {}

    static Stream<Case> found() {
        return Stream.of(
                new Case(ONE, List.of(), "AdjNum"),
                new Case(TWO, List.of(), "AdjNum"),
                new Case(ONE, List.of("AdjNum"), "AdjNum"),
                new Case(ONE, List.of("adjnum"), "AdjNum"),
                new Case(TWO, List.of("PatNum", "AdjDate"), "PatNum, AdjDate"),
                new Case(TWO, List.of("ADJDATE", "patnum"), "AdjDate, PatNum"));
    }

    static Stream<Case> failing() {
        return Stream.of(
                new Case(
                        NONE,
                        List.of(),
                        "table t has no key: no PRIMARY KEY and no unique index on columns that are all NOT NULL; add"
                                + " one to the source, or remove the table from the table list; a small one can be replaced"
                                + " as a whole at each load, with load: full"),
                new Case(
                        NONE,
                        List.of("AdjNum"),
                        "table t: primary_key (AdjNum) is not unique and not null in the source; the source declares"
                                + " no unique not-null key for it"),
                new Case(
                        TWO,
                        List.of("PatNum"),
                        "table t: primary_key (PatNum) is not unique and not null in the source; allowed: (AdjNum) or"
                                + " (PatNum, AdjDate)"),
                new Case(
                        ONE,
                        List.of("PatNum", "AdjNum"),
                        "table t: primary_key (PatNum, AdjNum) has more columns than the source's key (AdjNum): a change"
                                + " of the others would leave the old row in the target; allowed: (AdjNum)"),
                new Case(
                        ONE,
                        List.of("AdjNumm"),
                        "table t: primary_key names the column AdjNumm, which the source does not have; allowed:"
                                + " (AdjNum)"),
                new Case(
                        List.of(key("AdjNum"), key("AdjNum")),
                        List.of("PatNum"),
                        "table t: primary_key (PatNum) is not unique and not null in the source; allowed: (AdjNum)"));
    }

    @ParameterizedTest
    @MethodSource("found")
    void theKeyIsTheConfiguredOneOrTheFirstOfTheSource(Case table) {
        assertThat(resolve(table).toString()).isEqualTo(table.outcome());
    }

    @ParameterizedTest
    @MethodSource("failing")
    void aKeyThatTheSourceDoesNotGuaranteeFails(Case table) {
        LoadFailedException failed = catchThrowableOfType(LoadFailedException.class, () -> resolve(table));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.SCHEMA);
        assertThat(failed.failure().message()).isEqualTo(table.outcome());
    }

    @Test
    void aTableWithoutAKeyCanBeReplacedAsAWhole() {
        SourceTable source = LoadFixtures.source(NONE, "AdjNum bigint(20)");

        assertThat(KeyResolver.resolve(LoadFixtures.options(List.of(), List.of(), LoadMode.FULL), source, ""))
                .isEqualTo(Key.NONE);
    }

    private static Key resolve(Case table) {
        SourceTable source =
                LoadFixtures.source(table.declared(), "AdjNum bigint(20)", "PatNum bigint(20)", "AdjDate date");
        return KeyResolver.resolve(LoadFixtures.options(table.configured()), source, "");
    }
}
