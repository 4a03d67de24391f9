package io.postgresloader.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.postgresloader.testing.Observed;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the dashboards. Whether their queries have data is tested with a Prometheus, in {@code PrometheusIT}. */
class DashboardsTest {
    private static final int WIDTH = 24;
    private static final int SCHEMA = 39;
    private static final Pattern VARIABLE = Pattern.compile("\\$([a-z]\\w*|__rate_interval)");

    /** A dashboard, and the name of its file. */
    private record Dashboard(String file, JsonNode json) {
        List<JsonNode> panels() {
            return stream(json.path("panels"));
        }

        List<JsonNode> charts() {
            return panels().stream()
                    .filter(panel -> !panel.path("type").asText().equals("row"))
                    .toList();
        }

        Set<String> variables() {
            Set<String> names = new TreeSet<>(Set.of("__rate_interval"));
            stream(json.at("/templating/list"))
                    .forEach(variable -> names.add(variable.path("name").asText()));
            return names;
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Dashboard> dashboards() {
        return Observed.dashboards().entrySet().stream()
                .map(entry -> new Dashboard(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void thereAreThree() {
        assertThat(Observed.dashboards())
                .containsOnlyKeys(
                        "postgres-loader-overview.json", "postgres-loader-process.json", "postgres-loader-table.json");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardHasAFixedUidASchemaVersionAndTitles(Dashboard dashboard) {
        assertThat(dashboard.json().path("uid").asText() + ".json").isEqualTo(dashboard.file());
        assertThat(dashboard.json().path("schemaVersion").asInt()).isEqualTo(SCHEMA);
        assertThat(dashboard.json().path("title").asText()).startsWith("PostgresLoader: ");
        assertThat(dashboard.json().has("id"))
                .as("an id is that of one Grafana")
                .isFalse();
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
        assertThat(dashboard.charts()).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryAsksTheChosenDataSourceAndKnowsItsVariables(Dashboard dashboard) {
        assertThat(dashboard.variables()).contains("datasource");
        List<JsonNode> targets = dashboard.charts().stream()
                .flatMap(panel -> stream(panel.path("targets")).stream())
                .toList();

        assertThat(targets).isNotEmpty().allSatisfy(target -> {
            assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(VARIABLE.matcher(target.path("expr").asText()).results().map(found -> found.group(1)))
                    .isSubsetOf(dashboard.variables());
        });
        assertThat(dashboard.charts()).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(stream(panel.path("targets")))
                    .isNotEmpty()
                    .extracting(target -> target.path("refId").asText())
                    .doesNotHaveDuplicates();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsDoNotOverlapAndFitTheWidth(Dashboard dashboard) {
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(WIDTH);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (place.path("x").asInt() + x) + ":"
                            + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        }
    }

    /** A link to a dashboard that is not shipped leads nowhere. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void linksLeadToDashboardsThatAreShipped(Dashboard dashboard) {
        List<String> linked = Pattern.compile("/d/([a-z-]+)")
                .matcher(dashboard.json().toString())
                .results()
                .map((MatchResult found) -> found.group(1) + ".json")
                .toList();

        assertThat(Observed.dashboards().keySet()).containsAll(linked);
    }
}
