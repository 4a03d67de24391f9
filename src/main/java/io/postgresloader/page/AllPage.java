package io.postgresloader.page;

import io.postgresloader.monitor.StatusDocument;
import io.postgresloader.monitor.TableRow;
import io.postgresloader.monitor.ThisLoader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The start page: the verdict, and all tables, the worst first.
 *
 * @param tone of the verdict
 * @param verdict in words
 * @param meaning the same for verdicts that differ in times only
 * @param choice which tables are listed, and in which order
 * @param filters one for each state that a table has
 * @param headings the columns, in order
 * @param counted how many tables are listed, in words
 */
public record AllPage(
        Frame frame,
        Tone tone,
        String verdict,
        String meaning,
        Choice choice,
        List<Filter> filters,
        List<Heading> headings,
        String counted,
        List<TableLine> tables) {
    /**
     * A link that shows the tables of a state.
     *
     * @param current whether it is what the page shows
     */
    public record Filter(String word, String count, Tone tone, String link, boolean current) {}

    /** A heading, which sorts by its column. */
    public record Heading(Choice.Column column, String link, boolean sorted, boolean number) {}

    /** @param document of all tables, the worst first */
    public static AllPage of(StatusDocument document, Choice choice, Instant now, ZoneId zone) {
        Words words = new Words(now, zone);
        List<TableRow> shown = choice.of(document.tables());
        String title = (document.attention() == 0 ? "" : "(" + document.attention() + ") ") + "Tables";
        return new AllPage(
                Frame.of(
                        title,
                        Frame.Section.TABLES,
                        "./",
                        document.generatedAt(),
                        document.targetSilentSince(),
                        document.thisLoader().map(ThisLoader::version).orElse(""),
                        words),
                tone(document),
                Words.unbroken(document.summary()),
                Words.withoutTimes(document.summary()),
                choice,
                filters(document.tables(), choice),
                Stream.of(Choice.Column.values())
                        .map(column -> heading(column, choice))
                        .toList(),
                shown.size() == document.tables().size()
                        ? Words.count(shown.size(), "table")
                        : Words.count(shown.size()) + " of "
                                + Words.count(document.tables().size(), "table"),
                shown.stream().map(table -> TableLine.of(table, words)).toList());
    }

    private static Tone tone(StatusDocument document) {
        if (document.targetSilentSince().isPresent()) {
            return Tone.BAD;
        }
        return document.tables().stream()
                .map(table -> Mark.of(table).tone())
                .filter(tone -> tone == Tone.BAD || tone == Tone.WARN)
                .max(Tone::compareTo)
                .orElse(document.tables().isEmpty() ? Tone.QUIET : Tone.GOOD);
    }

    private static List<Filter> filters(List<TableRow> tables, Choice choice) {
        Map<Mark, Long> counts = new LinkedHashMap<>();
        tables.forEach(table -> counts.merge(Mark.of(table), 1L, Long::sum));
        tables.stream().filter(Mark::alsoRuns).forEach(table -> counts.merge(Mark.running(), 1L, Long::sum));
        long attention = tables.stream().filter(Mark::needsOperator).count();
        List<Filter> filters = new ArrayList<>();
        filters.add(filter("all", Choice.ALL, tables.size(), Tone.QUIET, choice));
        if (attention > 0) {
            filters.add(filter("need attention", Choice.ATTENTION, attention, Tone.QUIET, choice));
        }
        counts.forEach((mark, count) -> filters.add(filter(mark.word(), mark.word(), count, mark.tone(), choice)));
        return filters;
    }

    private static Filter filter(String word, String show, long count, Tone tone, Choice choice) {
        return new Filter(
                word,
                Words.count(count),
                tone,
                choice.showing(show).link(),
                choice.show().equals(show));
    }

    private static Heading heading(Choice.Column column, Choice choice) {
        boolean number =
                switch (column) {
                    case IN, UPDATED, DELETED, DEAD -> true;
                    default -> false;
                };
        return new Heading(column, choice.sortedBy(column).link(), choice.sort() == column, number);
    }
}
