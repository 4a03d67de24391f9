package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.PlantedSource.Planted;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.model.TableOptions;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the analyzer finds out what was planted, table by table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyzeTruthIT {
    private final LoaderFixture fixture = new LoaderFixture();
    private final List<Planted> planted = new ArrayList<>();
    private List<String> leftOut;
    private String list;
    private Catalog catalog;
    private JarRun run;

    @BeforeAll
    void analyze() throws IOException {
        planted.addAll(PlantedSource.real(fixture.source()));
        planted.addAll(PlantedSource.made(fixture.source()));
        leftOut = PlantedSource.leftOut(fixture.source());
        Path file = Files.createTempDirectory(Path.of("target"), "truth").resolve("tables.yml");
        run = JarRun.of(fixture.environment(), "analyze", "--output", file.toString());
        list = Files.readString(file);
        catalog = CatalogReader.read(file);
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void everyTableGetsThePlantedOptions() {
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(planted).hasSize(93 + 19);
        List<String> wrong = new ArrayList<>();
        for (Planted truth : planted) {
            TableOptions options = catalog.table(truth.table()).orElseThrow();
            String found = "key " + options.primaryKey() + ", " + plan(truth.table()) + " by "
                    + options.cursors().columns();
            String right = "key " + truth.key() + ", " + truth.plan() + " by " + truth.cursors();
            if (!found.equals(right)) {
                wrong.add(truth.table() + " " + truth.columns() + ": " + found + " instead of " + right);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingElseIsListed() {
        assertThat(catalog.tables().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        planted.stream().map(Planted::table).toList());
        assertThat(leftOut).allSatisfy(table -> assertThat(list).contains("# - " + table + ": its name matches"));
        assertThat(list).doesNotContain("patientview");
    }

    /** The older generator took these columns for edit times, and the tables for ones whose edits it followed. */
    @ParameterizedTest
    @CsvSource({
        "claimsnapshot, append, entry times, DateTEntry",
        "entrylog, append, entry times, EntryDateTime",
        "eobattach, append, entry times, DateTCreated",
        "insbluebook, append, entry times, DateTEntry",
        "insbluebooklog, append, entry times, DateTEntry",
        "patientlink, full, entry times, DateTimeLink",
        "tasknote, full, entry times, DateTimeNote",
        "timeadjust, full, business dates, TimeEntry",
        "sheet, incremental, business dates, DateTimeSheet"
    })
    void theNineFormerlyWrongTablesAreRight(String table, String plan, String role, String column) {
        assertThat(plan(table)).isEqualTo(plan);
        assertThat(entry(table)).containsPattern("not used: " + role + ",[^:]*: [^\n]*\\b" + column + "\\b");
        assertThat(catalog.table(table).orElseThrow().cursors().columns()).doesNotContain(column);
    }

    @Test
    void boundsAreSetWhereACursorColumnHasSentinels() {
        assertThat(tablesWhoseCursorIs("edit-sentinel")).hasSizeGreaterThan(5).allSatisfy(table -> assertThat(
                        entry(table))
                .contains("is outside the bounds", "data_quality_filters: {min_date: \"2000-01-01\"}"));
        assertThat(tablesWhoseCursorIs("edit-null")).isNotEmpty().allSatisfy(table -> assertThat(entry(table))
                .containsPattern("3[34]% of \\w+ is NULL")
                .doesNotContain("data_quality_filters"));
    }

    private List<String> tablesWhoseCursorIs(String behaviour) {
        return planted.stream()
                .filter(table -> table.cursors().stream()
                        .anyMatch(cursor -> table.columns().contains(cursor + "=" + behaviour)))
                .map(Planted::table)
                .toList();
    }

    /** What the comments promise is what the loader then does. */
    @Tag(Extent.SLOW)
    @Test
    void theLoaderLoadsByTheList() {
        fixture.tables(list);
        assertThat(JarRun.of(fixture.environment(), "once").exitCode()).isZero();
        fixture.source().execute("UPDATE claim SET ClaimNote = 'edited' WHERE ClaimNum = 1");
        JarRun plans = JarRun.of(fixture.environment(), "plan");
        assertThat(plans.exitCode()).as(plans.err()).isZero();
        List<String> wrong = new ArrayList<>();
        for (Planted truth : planted) {
            Matcher next =
                    Pattern.compile("(?m)^" + truth.table() + "  (\\w+):").matcher(plans.out());
            String found = next.find() ? next.group(1) : "nothing";
            // Without a row no cursor column can be used yet.
            if (truth.rows() > 0 && !found.equals(truth.plan())) {
                wrong.add(truth.table() + ": " + found + " instead of " + truth.plan());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private String plan(String table) {
        Matcher plan = Pattern.compile("\\A\\S+:\n  # (\\w+):").matcher(entry(table));
        return plan.find() ? plan.group(1) : "nothing";
    }

    private String entry(String table) {
        int start = list.indexOf("\n" + table + ":\n") + 1;
        int end = list.indexOf("\n\n", start);
        return list.substring(start, end < 0 ? list.length() : end).replaceAll("\n  # {3}", " ");
    }
}
