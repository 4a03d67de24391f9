package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** These texts are those of version 0.1.0: a target holds hashes of them. Another text loads tables again. */
class OptionsTextTest {
    private static final String DEFAULT_POLICIES =
            "ValuePolicies[nulCharacters=REJECT, invalidText=REJECT, zeroDates=ZeroDates[reject=false, "
                    + "day=Optional.empty], tinyint1=SMALLINT, time=INTERVAL]";

    @Test
    void theTextOfTheDefaultsStays() {
        assertThat(TableOptions.defaults("adjustment").stableText())
                .isEqualTo("TableOptions[table=adjustment, primaryKey=[], cursorColumns=[], cursorLogic=OR, "
                        + "bounds=DateBounds[min=2000-01-01, max=Optional.empty], schedule=PT5M, load=AUTO, "
                        + "lookback=PT5M, skipUnchanged=true, reconcile=Optional[PT24H], quietHours=Optional.empty, "
                        + "deletes=DELETE, maxDeleteFraction=0.05, maxDeadLetterFraction=0.5, "
                        + "columns=ColumnOptions[types={}, excluded=[], policies=" + DEFAULT_POLICIES
                        + ", policiesByColumn={}]]");
    }

    @Test
    void theTextOfEveryOptionStays() {
        TableOptions options = new TableOptions(
                "claim proc",
                List.of("A", "B"),
                new CursorOptions(
                        List.of("SecDateTEdit", "Ä"),
                        CursorLogic.AND,
                        new DateBounds(LocalDate.of(2001, 2, 3), Optional.of(LocalDate.of(2030, 12, 31))),
                        Duration.ofMinutes(7)),
                new LoadOptions(LoadMode.APPEND, Duration.ofSeconds(30), false, 0.25),
                new ReconcileOptions(
                        Optional.empty(), Optional.of(new QuietHours(LocalTime.of(7, 0), LocalTime.of(19, 30)))),
                new DeleteOptions(DeletePolicy.MARK, 0.125),
                new ColumnOptions(
                        Map.of("AdjType", "smallint"),
                        List.of("Secret", "Photo"),
                        new ValuePolicies(
                                ValuePolicies.NulCharacters.STRIP,
                                ValuePolicies.InvalidText.REPLACE,
                                ValuePolicies.ZeroDates.as(LocalDate.of(1900, 1, 1)),
                                ValuePolicies.Tinyint1.BOOLEAN,
                                ValuePolicies.Time.TIME),
                        Map.of("Note", ValuePolicies.DEFAULT)));

        assertThat(options.stableText())
                .isEqualTo("TableOptions[table=claim proc, primaryKey=[A, B], cursorColumns=[SecDateTEdit, Ä], "
                        + "cursorLogic=AND, bounds=DateBounds[min=2001-02-03, max=Optional[2030-12-31]], "
                        + "schedule=PT30S, load=APPEND, lookback=PT7M, skipUnchanged=false, reconcile=Optional.empty, "
                        + "quietHours=Optional[07:00-19:30], deletes=MARK, maxDeleteFraction=0.125, "
                        + "maxDeadLetterFraction=0.25, columns=ColumnOptions[types={AdjType=smallint}, "
                        + "excluded=[Secret, Photo], policies=ValuePolicies[nulCharacters=STRIP, invalidText=REPLACE, "
                        + "zeroDates=ZeroDates[reject=false, day=Optional[1900-01-01]], tinyint1=BOOLEAN, time=TIME], "
                        + "policiesByColumn={Note=" + DEFAULT_POLICIES + "}]]");
    }

    @Test
    void aNewOptionIsInTheTextOnlyIfItIsSet() {
        TableOptions defaults = TableOptions.defaults("t");
        ColumnOptions columns = new ColumnOptions(
                Map.of(), List.of("Secret"), true, ValuePolicies.DEFAULT, Map.of(), StampOptions.in("written"));
        TableOptions options = new TableOptions(
                "t", List.of(), defaults.cursors(), defaults.load(), defaults.reconcile(), defaults.deletes(), columns);

        assertThat(defaults.stableText()).doesNotContain("purgeExcluded", "loadedAtColumn");
        assertThat(options.stableText())
                .contains("excluded=[Secret], purgeExcluded=true, policies=")
                .contains("policiesByColumn={}, loadedAtColumn=written]");
    }

    @Test
    void columnsAreInTheOrderOfTheirNames() {
        ColumnOptions columns = new ColumnOptions(
                Map.of("C", "text", "A", "text", "D", "text", "B", "text"),
                List.of(),
                ValuePolicies.DEFAULT,
                Map.of("N", ValuePolicies.DEFAULT, "M", ValuePolicies.DEFAULT));
        TableOptions defaults = TableOptions.defaults("t");
        TableOptions options = new TableOptions(
                "t", List.of(), defaults.cursors(), defaults.load(), defaults.reconcile(), defaults.deletes(), columns);

        assertThat(options.stableText())
                .contains("types={A=text, B=text, C=text, D=text}")
                .endsWith("policiesByColumn={M=" + DEFAULT_POLICIES + ", N=" + DEFAULT_POLICIES + "}]]");
    }
}
