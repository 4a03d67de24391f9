package io.postgresloader.app;

import static java.util.Collections.nCopies;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.CorpusCase.Outcome;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** Loads the table of one case by every path there is, and compares what happened with what is declared. */
final class CorpusRun {
    private final CorpusCase c;
    private final CorpusLayout layout;
    private final CorpusFixture fixture;
    private final SoftAssertions softly;
    private final CorpusTarget target;
    private final int rows;
    private final int dead;

    CorpusRun(CorpusCase c, CorpusFixture fixture, SoftAssertions softly) {
        this.c = c;
        this.layout = fixture.layout();
        this.fixture = fixture;
        this.softly = softly;
        this.target = new CorpusTarget(c, fixture);
        this.rows = layout.rows(c);
        this.dead = c.deadLetter() ? layout.special().size() : 0;
    }

    void run() {
        load();
        softly.assertThat(fixture.strangers())
                .as("%s, %s: tables in addition to the configured ones", c, layout)
                .containsExactly("raw|canary");
    }

    private void load() {
        if (c.expected().outcome() == Outcome.TABLE_REFUSED) {
            fails("first load", LoadRequest.Kind.DUE);
            fails("full load", LoadRequest.Kind.FULL);
            return;
        }
        LoadResult first = fixture.loader().load(c.table());
        if (first.outcome() != LoadResult.Outcome.SUCCESS) {
            softly.fail("%s, %s, first load: %s", c, layout, first);
            return;
        }
        verify("first load", rows - dead, 0, 1);
        fixture.loader().load(c.table(), LoadRequest.Kind.FULL);
        verify("loaded again", 0, 0, 2);
        if (c.deadLetter()) {
            fixture.loader().load(c.table(), LoadRequest.Kind.REPLAY);
            verifyRows("replayed", 3);
        } else {
            int overwritten = target.overwriteMiddle();
            int deleted = target.deleteSpecial();
            fixture.loader().load(c.table(), LoadRequest.Kind.FULL);
            verify("restored", deleted, overwritten, 0);
        }
    }

    private void fails(String step, LoadRequest.Kind kind) {
        LoadResult result = fixture.loader().load(c.table(), kind);
        String what = c + ", " + layout + ", " + step;
        softly.assertThat(result.outcome()).as(what).isEqualTo(LoadResult.Outcome.FAILED);
        softly.assertThat(result.failure().map(f -> f.kind().word() + ": " + f.message()))
                .as(what)
                .hasValueSatisfying(message ->
                        assertThatStartsAndHas(message, "schema: ", c.expected().because()));
        softly.assertThat(target.status("load_status")).as(what).isEqualTo("failed");
        softly.assertThat(target.status("error"))
                .as(what + ", error")
                .contains(c.expected().because());
        softly.assertThat(target.rowsIfAny()).as(what + ", rows in the target").isEqualTo("0");
    }

    private static void assertThatStartsAndHas(String message, String start, String part) {
        org.assertj.core.api.Assertions.assertThat(message).startsWith(start).contains(part);
    }

    private void verify(String step, int inserted, int updated, int attempts) {
        int unchanged = rows - dead - inserted - updated;
        softly.assertThat(target.counters())
                .as("%s, %s, %s: status and metrics", c, layout, step)
                .containsExactlyElementsOf(
                        nCopies(2, CorpusTarget.counters(c, layout, inserted, updated, unchanged, dead)));
        verifyRows(step, attempts);
    }

    private void verifyRows(String step, int attempts) {
        String what = c + ", " + layout + ", " + step + ": ";
        softly.assertThat(target.entries(attempts)).as(what + "dead letters").isEqualTo(target.declaredEntries());
        List<String> differences =
                Canonical.differences(fixture.source(), fixture.target(), fixture.schema(), c.table());
        softly.assertThat(otherThanDeclared(differences))
                .as(what + "differences")
                .isEmpty();
        softly.assertThat(target.missing()).as(what + "rows missing").isEqualTo(c.deadLetter() ? layout.numbers() : "");
        c.expected().text().ifPresent(text -> softly.assertThat(target.texts())
                .as(what + "special values")
                .containsOnly(text)
                .hasSize(layout.special().size()));
    }

    /** A dead letter is missing, a mapped value differs, and the special rows alone. */
    private List<String> otherThanDeclared(List<String> differences) {
        String number =
                layout == CorpusLayout.SORTED ? ".*" : "(" + layout.numbers().replace(", ", "|") + ")(, .*)?";
        String declared = "(?s)key \\(" + number + "\\): "
                + (c.deadLetter() ? "missing" : "column " + Pattern.quote(c.valueColumn()));
        boolean none = c.expected().outcome() == Outcome.EXACT;
        return differences.stream()
                .filter(difference -> none || !difference.matches(declared))
                .limit(5)
                .collect(Collectors.toList());
    }
}
