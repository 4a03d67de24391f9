package io.postgresloader.page;

import static io.postgresloader.page.Documents.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.monitor.TableRow;
import io.postgresloader.page.Choice.Column;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest {
    private static final String EVIL = "a\"><script>alert('x')</script>&b";

    private static Map<String, String> pages(String table, int number) {
        List<TableRow> tables = new ArrayList<>(Documents.many(number));
        tables.add(0, Documents.table(table, "failed", "failed"));
        var all = AllPage.of(Documents.of(tables), Choice.all(), NOW, ZoneOffset.UTC);
        var one = TablePage.of(Documents.document(tables.get(0)), "0.1.0", NOW, ZoneOffset.UTC);
        var complaints = List.of(new NowPage.Complaint(new Mark("fault", Tone.BAD), table + " has no key"));
        var now = NowPage.of(Documents.of(tables), NowPage.Doctor.asked(Optional.of(complaints)), NOW, ZoneOffset.UTC);
        var columns = List.of(new PlanPage.PlanColumn(table, "varchar(9)", "text", ""));
        var facts = List.of(new TablePage.Fact("window", "SecDateTEdit from 2026-03-02 06:53:11", ""));
        var plan = PlanPage.of(
                        table, "incremental: 2 cursor columns", true, facts, "SELECT 1", "0.1.0", NOW, ZoneOffset.UTC)
                .with(columns);
        var message = MessagePage.of("No such table", "No table is called " + table, "./", false, NOW, ZoneOffset.UTC);
        return Map.of(
                "index.html", Pages.render(all),
                "tables/adjustment", Pages.render(one),
                "now", Pages.render(now),
                "plan", Pages.render(plan),
                "message", Pages.render(message));
    }

    @Test
    void namesAreShownAsText() {
        pages(EVIL, 5).forEach((page, html) -> assertThat(html)
                .as(page)
                .doesNotContain("<script>", EVIL)
                .contains("&lt;script"));
    }

    @Test
    void noPageNeedsMoreThanTheContentSecurityPolicyAllows() {
        pages("adjustment", 20).forEach((page, html) -> assertThat(html)
                .as(page)
                .doesNotContainPattern("<[^>]*\\s(style|on[a-z]+)=")
                .doesNotContainPattern("<(style|script)>")
                .doesNotContainPattern("(src|href)=\"(https?:)?//"));
    }

    @Test
    void noIdIsGivenTwice() {
        Pattern id = Pattern.compile("\\sid=\"([^\"]*)\"");
        pages("adjustment ", 20).forEach((page, html) -> {
            Set<String> seen = new HashSet<>();
            assertThat(id.matcher(html).results().map(MatchResult::group))
                    .as(page)
                    .allMatch(seen::add);
        });
    }

    @Test
    void filesComeFromTheJarAndLoadNothingFromElsewhere() {
        assertThat(Assets.all()).containsOnlyKeys("page.css", "page.js", "icon.svg", "uplot.css", "uplot.js");
        for (String name : List.of("page.css", "page.js")) {
            assertThat(new String(Assets.all().get(name).content(), StandardCharsets.UTF_8))
                    .doesNotContain("http:", "https:", "url(", "@import");
        }
    }

    static List<Object[]> marks() {
        return List.of(
                new Object[] {Documents.table("t", "success", "none"), "loaded", Tone.GOOD},
                new Object[] {Documents.table("t", "running", "none"), "running", Tone.WORK},
                new Object[] {Documents.table("t", "running", "pending"), "running", Tone.WORK},
                new Object[] {Documents.table("t", "pending", "pending"), "never loaded", Tone.QUIET},
                new Object[] {Documents.table("t", "failed", "failed"), "failed", Tone.BAD},
                new Object[] {
                    Documents.table("t", "success", "differs", Optional.of("braked"), 0), "delete limit", Tone.BAD
                },
                new Object[] {
                    Documents.table("t", "success", "differs", Optional.of("failed"), 0), "not compared", Tone.BAD
                },
                new Object[] {
                    Documents.table("t", "success", "differs", Optional.of("different"), 0), "differs", Tone.BAD
                },
                new Object[] {Documents.table("t", "running", "dead letters"), "dead letters", Tone.WARN},
                new Object[] {Documents.table("t", "success", "overdue"), "overdue", Tone.WARN},
                new Object[] {Documents.table("t", "paused", "paused"), "paused", Tone.WARN},
                new Object[] {Documents.table("t", "no tracking row", "untracked"), "untracked", Tone.BAD},
                new Object[] {Documents.table("t", "interrupted", "none"), "interrupted", Tone.QUIET},
                new Object[] {Documents.table("t", "success", "not configured"), "not configured", Tone.QUIET});
    }

    @ParameterizedTest
    @MethodSource("marks")
    void aStateHasAWordAndATone(TableRow table, String word, Tone tone) {
        assertThat(Mark.of(table)).isEqualTo(new Mark(word, tone));
    }

    @ParameterizedTest
    @CsvSource({
        "all,'',worst,adjustment claimproc commlog payment table_of_practice_4",
        "attention,'',worst,adjustment claimproc commlog",
        "delete limit,'',worst,claimproc",
        "running,'',worst,payment",
        "all,COM,worst,commlog",
        "all,'',dead,commlog adjustment claimproc payment table_of_practice_4",
        "all,claim,table,claimproc",
        "no such state,'',worst,''"
    })
    void aChoiceFiltersAndSorts(String show, String search, String sort, String expected) {
        List<String> shown = Choice.of(show, search, sort).of(Documents.many(5)).stream()
                .map(TableRow::table)
                .toList();
        assertThat(String.join(" ", shown)).isEqualTo(expected);
    }

    @Test
    void anUnknownColumnIsNamed() {
        assertThatThrownBy(() -> Choice.of("all", "", "size"))
                .hasMessageStartingWith("sort: found 'size'; allowed: worst, table, loaded");
    }

    @Test
    void theLinkOfAChoiceLeadsToIt() {
        assertThat(Choice.all().link()).isEqualTo("./");
        assertThat(new Choice("delete limit", "a&b", Column.DEAD).link())
                .isEqualTo("./?show=delete+limit&sort=dead&search=a%26b");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-02T06:58:00Z,06:58", "2026-03-01T22:10:00Z,1 Mar 22:10", "2025-12-31T10:00:00Z,31 Dec 2025"})
    void aTimeIsAsShortAsItsDayAllows(Instant time, String text) {
        assertThat(new Words(NOW, ZoneOffset.UTC).moment(time).text()).isEqualTo(text);
    }

    @Test
    void timesAreInTheZoneOfTheProcess() {
        Words berlin = new Words(NOW, ZoneId.of("Europe/Berlin"));
        assertThat(berlin.moment(NOW).text()).isEqualTo("08:12");
        assertThat(berlin.zoneName()).isEqualTo("Europe/Berlin (UTC+01:00)");
    }

    @ParameterizedTest
    @CsvSource({"0.04,0.0 s", "9.96,10.0 s", "61,61 s", "7100,118 min", "8000,2 h 13 min", "400000,4 d"})
    void aDurationIsInOneOrTwoUnits(double seconds, String text) {
        assertThat(Words.duration(seconds)).isEqualTo(text);
    }

    @Test
    void aSilentTargetIsNamedWithTheAgeOfTheFigures() {
        var document = Documents.of(Documents.many(5), Optional.of(NOW.plusSeconds(2)));
        assertThat(Pages.render(AllPage.of(document, Choice.all(), NOW.plusSeconds(75), ZoneOffset.UTC)))
                .contains(
                        "The target does not answer. Everything below is from 2 Mar 2026, 07:12:03\u00a0UTC, 75 s ago.");
    }

    @Test
    void verdictsOfOtherTimesMeanTheSame() {
        String verdict = "1 of 2 tables is loaded up to 2026-03-01 23:58 UTC and complete up to 02:10 UTC.";
        assertThat(Words.withoutTimes(verdict))
                .isEqualTo(Words.withoutTimes(verdict.replace("2026-03-01 23:58", "00:01")))
                .isNotEqualTo(Words.withoutTimes(verdict.replace("1 of 2", "2 of 3")));
    }

    @Test
    void noLineEndsBetweenATimeAndItsZoneOrANumberAndWhatItCounts() {
        assertThat(Words.unbroken("loaded up to 02:10 UTC. 3 tables"))
                .isEqualTo("loaded up to 02:10\u00a0UTC. 3\u00a0tables");
    }

    /** The time is measured for the reader of this report; no test asserts one. */
    @Test
    void tablesOfAWholePracticeAreOnOnePage() throws Exception {
        var document = Documents.of(Documents.many(446));
        long nanos = 0;
        String html = "";
        for (int i = 0; i < 60; i++) {
            long start = System.nanoTime();
            html = Pages.render(AllPage.of(document, Choice.all(), NOW, ZoneOffset.UTC));
            nanos = System.nanoTime() - start;
        }
        System.out.printf("446 tables rendered in %.1f ms, %,d characters%n", nanos / 1e6, html.length());
        assertThat(html).contains("table_of_practice_445");
        if (System.getProperty("page.preview") != null) {
            preview(Path.of(System.getProperty("page.preview")));
        }
    }

    private static void preview(Path directory) throws Exception {
        for (var page : pages("adjustment_with_a_longer_name", 60).entrySet()) {
            write(directory.resolve(page.getKey()), page.getValue().getBytes(StandardCharsets.UTF_8));
        }
        for (var file : Assets.all().entrySet()) {
            write(
                    directory.resolve("assets").resolve(file.getKey()),
                    file.getValue().content());
        }
    }

    private static void write(Path file, byte[] content) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
