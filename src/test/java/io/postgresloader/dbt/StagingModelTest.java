package io.postgresloader.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagingModelTest {
    private static final StagingModel MODEL = new StagingModel("raw", DbtTables.ADJUSTMENT);

    @Test
    void theModelsAreAsReviewed() throws IOException {
        String models = DbtTables.ALL.stream()
                .map(table -> new StagingModel("raw", table))
                .map(model -> "-- " + model.name() + ".sql\n" + ModelText.of(model))
                .collect(Collectors.joining("\n"));
        Path file = Path.of("src", "test", "resources", "golden", "dbt-staging.sql");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, models);
        }
        assertThat(models).isEqualTo(Files.readString(file));
    }

    @Test
    void namesArriveInHookAndQueryAsTheyAre() {
        DbtJinja jinja = new DbtJinja("raw", sql -> List.of(List.of(true)));
        DbtRelation stage = new DbtRelation("stg", "stg_link");

        String sql = jinja.render(new StagingModel("raw", DbtTables.LINK).sql(), stage, true);
        String hook = jinja.render((String) jinja.configured().get("post_hook"), stage, true);

        assertThat(jinja.configured().get("unique_key")).isEqualTo(List.of("\"A b\"", "\"B\"\"c\""));
        assertThat(sql).contains("\"B\"\"c\",", "from \"raw\".\"fee's \"\"link\"\"\"", "'fee''s \"link\"'");
        assertThat(hook)
                .contains(
                        "(key ->> 'B\"c')::character varying(20) as \"B\"\"c\"",
                        "delete from \"stg\".\"stg_link\" where \"_deleted_at\" is not null");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void onlyTheMarkOfTheLoaderHidesRows(boolean marksDeletes, boolean hidden) {
        DbtTable link = DbtTables.LINK;
        StagingModel model = new StagingModel(
                "raw",
                new DbtTable(link.options(), link.key(), link.comment(), link.columns(), link.stamp(), marksDeletes));
        DbtJinja jinja = new DbtJinja("raw", sql -> List.of(List.of(true)));

        String sql = jinja.render(model.sql(), new DbtRelation("stg", "stg_link"), true);
        String hook =
                jinja.render((String) jinja.configured().get("post_hook"), new DbtRelation("stg", "stg_link"), true);

        assertThat((sql + hook).contains("\"_deleted_at\" is n")).isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({"\\n,\\n", "\\n,\\r\\n"})
    void aModelThatNobodyEditedIsReplaced(String from, String to) {
        String older = ModelText.of(new StagingModel("other", DbtTables.ADJUSTMENT))
                .replace("\n", to.replace("\\r", "\r").replace("\\n", "\n"));

        ModelText.Merged merged = ModelText.merge(older, MODEL);

        assertThat(merged.change()).contains("~ stg_adjustment.sql");
        assertThat(merged.text()).isEqualTo(ModelText.of(MODEL));
    }

    @Test
    void aNewColumnComesWithWhatFillsItForOldRows() {
        List<DbtColumn> fewer = DbtTables.ADJUSTMENT.columns().stream()
                .filter(column -> !column.name().equals("AdjDate"))
                .toList();

        assertThat(ModelText.merge(ModelText.of(model(fewer, DbtTables.ADJUSTMENT.stamp())), MODEL)
                        .change())
                .contains(
                        "~ stg_adjustment.sql: adds \"AdjDate\"; rows that the model has already keep NULL there until:"
                                + " dbt run --full-refresh --select stg_adjustment");
        StagingModel view = model(DbtTables.ADJUSTMENT.columns(), Optional.empty());
        assertThat(ModelText.merge(ModelText.of(model(fewer, Optional.empty())), view)
                        .change())
                .as("a view has no old rows")
                .contains("~ stg_adjustment.sql");
    }

    private static StagingModel model(List<DbtColumn> columns, Optional<String> stamp) {
        DbtTable table = DbtTables.ADJUSTMENT;
        return new StagingModel(
                "raw",
                new DbtTable(table.options(), table.key(), table.comment(), columns, stamp, table.marksDeletes()));
    }

    @Test
    void anEditedModelIsKeptAndMissingColumnsAreNamed() {
        String edited = ModelText.of(MODEL).replace("    \"AdjAmt\",\n", "    \"AdjAmt\" * 100 as cents,\n");
        assertThat(ModelText.merge(edited, MODEL)).isEqualTo(new ModelText.Merged(edited, Optional.empty()));

        String without = edited.replace("    \"AdjDate\",\n", "");
        assertThat(ModelText.merge(without, MODEL).text()).isEqualTo(without);
        assertThat(ModelText.merge(without, MODEL).change())
                .contains(
                        "= stg_adjustment.sql: edited, and kept; it does not name \"AdjDate\"; once it does, rows that"
                                + " the model has already keep NULL there until: dbt run --full-refresh --select stg_adjustment");
    }
}
