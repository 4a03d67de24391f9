package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code plan} shows what the next load would do, and does none of it. */
@Tag(Extent.SMOKE)
class PlanIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Flag tinyint(1),"
                                + " Secret text, Edited datetime NOT NULL, KEY (Edited)) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, 'a', 1, 's', '2019-05-05' FROM seq_1_to_3000",
                        "CREATE TABLE unindexed (Id int NOT NULL PRIMARY KEY, Edited datetime NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO unindexed SELECT seq, '2019-05-05' FROM seq_1_to_3000",
                        "CREATE TABLE keyless (Note text) ENGINE=MyISAM");
        fixture.tables("visit: {incremental_columns: [Edited], exclude_columns: [Secret]}\n"
                + "unindexed: {incremental_columns: [Edited]}\nkeyless:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void beforeTheFirstLoadItShowsWhatWouldBeCreated() {
        JarRun plan = JarRun.of(fixture.environment(), "plan", "visit");

        assertThat(plan.exitCode()).as(plan.toString()).isZero();
        assertThat(plan.out())
                .startsWith("visit  full: never loaded")
                .contains("  window      all rows")
                .contains(
                        "  run first   CREATE TABLE \"raw\".\"visit\" (\"Id\" integer, \"Note\" text, \"Flag\" smallint,"
                                + " \"Edited\" timestamp(0), \"_loaded_at\" timestamp with time zone DEFAULT now(),"
                                + " PRIMARY KEY (\"Id\"))")
                .contains("  excluded    Secret")
                .containsPattern("(?m)^  Flag +tinyint\\(1\\) +smallint$");
        assertThat(fixture.target().value("SELECT to_regnamespace('raw') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void theTrackingTableOfAnEarlierVersionIsRead() {
        fixture.load("visit");
        fixture.stop();
        fixture.target().execute("ALTER TABLE raw.etl_load_status DROP target_state, DROP purged_columns");

        JarRun plan = JarRun.of(fixture.environment(), "plan", "visit");

        assertThat(plan.exitCode()).as(plan.toString()).isZero();
        assertThat(plan.out()).startsWith("visit  incremental: changed by Edited");
    }

    @Test
    void anIncrementShowsWindowIndexAndChanges() {
        fixture.load("visit");
        fixture.load("unindexed");
        fixture.source().execute("ALTER TABLE visit MODIFY Note varchar(10)");
        String before = everything();

        JarRun plan = JarRun.of(fixture.environment(), "plan", "visit", "unindexed");

        assertThat(plan.out())
                .startsWith("visit  full: type of column Note changed")
                .containsPattern("  change      column Note changed in the source from varchar\\(20\\) utf8(mb3)? to"
                        + " varchar\\(10\\) utf8(mb3)?; it is text in the target")
                .contains("unindexed  incremental: changed by Edited")
                .containsPattern("  window      Edited from 20\\d\\d-.*, before 20\\d\\d-.* \\(datetime, or\\)")
                .contains("  window      Id above 3000 (new keys)")
                .containsPattern("  again       Edited from 20\\d\\d-.*, loaded up to 20\\d\\d-.*: lookback 5m")
                .contains("  warning     the source would look at about 3000 rows to find those that changed")
                .contains("  sql         SELECT `Id`, `Edited` FROM `unindexed` WHERE ((`Edited` >= ? AND `Edited` < ?)"
                        + " OR `Id` > ?) ORDER BY `Id`")
                .containsPattern("  parameters  \\[20\\d\\d-.*, 3000\\]");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void withAnIndexThereIsNoWarning() {
        fixture.load("visit");

        JarRun plan = JarRun.of(fixture.environment(), "plan", "visit");

        assertThat(plan.out())
                .startsWith("visit  incremental: changed by Edited")
                .containsPattern("  rows        ~[\\d,]+ rows, index (PRIMARY,Edited|Edited,PRIMARY)")
                .doesNotContain("warning");
    }

    @Test
    void aTableThatWouldFailHasTheReason() {
        JarRun plan = JarRun.of(fixture.environment(), "plan", "keyless");

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .isEqualToIgnoringNewLines(
                        "keyless  cannot be loaded: table keyless has no key: no PRIMARY KEY and no unique"
                                + " index on columns that are all NOT NULL; add one to the source, or remove the table from the"
                                + " table list; a small one can be replaced as a whole at each load, with load: full");
    }

    @Test
    void jsonHasThePlan() throws Exception {
        fixture.load("visit");

        JarRun plan = JarRun.of(fixture.environment(), "plan", "--format", "json");

        assertThat(plan.exitCode()).isEqualTo(1);
        JsonNode tables = JsonMapper.builder().build().readTree(plan.out());
        assertThat(tables.findValuesAsText("table")).isEqualTo(List.of("visit", "unindexed", "keyless"));
        assertThat(tables.at("/0/read/type").asText()).isEqualTo("incremental");
        assertThat(tables.at("/0/read/parameters").size()).isEqualTo(3);
        assertThat(tables.at("/0/read/readsAgain/0/column").asText()).isEqualTo("Edited");
        assertThat(tables.at("/0/read/readsAgain/0/reasons/0/amount").asText()).isEqualTo("5m");
        assertThat(tables.at("/0/columns/2/targetType").asText()).isEqualTo("smallint");
        assertThat(tables.at("/0/excludedColumns/0").asText()).isEqualTo("Secret");
        assertThat(tables.at("/1/read/type").asText()).isEqualTo("full");
        assertThat(tables.at("/2/refusal").asText()).startsWith("table keyless has no key");
    }

    /** All that a plan could have changed. */
    private String everything() {
        return fixture.target()
                .rows(
                        "SELECT s::text FROM raw.etl_load_status s UNION ALL SELECT v::text FROM raw.etl_schema_version v"
                                + " UNION ALL SELECT m::text FROM raw.etl_table_metrics m UNION ALL"
                                + " SELECT a.attname::text FROM pg_attribute a WHERE attrelid = 'raw.visit'::regclass ORDER BY 1")
                .toString();
    }
}
