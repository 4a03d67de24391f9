package io.postgresloader.app;

import static io.postgresloader.app.RunningLoader.SOON;
import static io.postgresloader.app.RunningLoader.TWO_TABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One loader runs all the time, while each of its files is edited, well and badly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditsIT {
    private RunningLoader running;

    @BeforeAll
    void start() throws Exception {
        running = new RunningLoader();
    }

    @BeforeEach
    void forget() {
        running.forgetMessages();
    }

    @AfterAll
    void close() {
        running.close();
    }

    /** Files of route configurations, whose description is not that of a route. */
    private static final Set<String> CONFIGURATIONS = Set.of("errors", "inner", "entrance");

    static List<String> shipped() {
        return ShippedRoutes.all().stream().map(ShippedRoutes::id).toList();
    }

    @Sampled(oneOf = 16)
    @ParameterizedTest
    @MethodSource("shipped")
    void anEditOfAnyFileIsReloadedWhileLoadsRun(String file) throws IOException {
        running.fixture().source().execute("INSERT INTO big (note) SELECT 'new' FROM seq_1_to_1000");
        running.save(file, running.text(file).replaceAll("description: (?=[A-Z])", "description: Edited, "));

        running.awaitReload(file);
        running.awaitNewRow();
        await().atMost(SOON).until(() -> running.isComplete("big"));
        List<Route> routes = running.loader().context().getRoutes();
        assertThat(routes).extracting(Route::getRouteId).contains("timer-t", "timer-big", "load-table");
        if (!CONFIGURATIONS.contains(file)) {
            String id = file.equals("table-timer") ? "timer-t" : file;
            assertThat(running.loader().context().getRoute(id).getDescription()).startsWith("Edited, ");
        }
        assertThat(running.fixture().target().rows("SELECT DISTINCT success FROM raw.etl_table_metrics"))
                .containsExactly("t");
        assertThat(running.fixture().target().count("SELECT count(*) FROM raw.etl_dead_letter"))
                .isZero();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record-metrics|- route:|- route: [|expected ',' or ']'",
                "record-metrics|uri: sql|uri: sqll|sqll",
                "record-metrics|dataSource: \"#target\"|dataSorce: \"#target\"|dataSource",
                "record-metrics|dataSource: \"#target\"|dataSource: \"#nobody\"|nobody",
                "record-metrics|id: record-metrics$|id: record-status|duplicate id 'record-status', which record-status",
                "load-chunk|ref: chunk$|ref: chunks|chunks",
                "load-chunk|method: lock|method: look|bean 'chunk' has no method 'look'",
                "next-page|uri: direct:pull-page|uri: direct:pull-paeg|sends to direct:pull-paeg, which no route consumes",
                "load-attempt|doWhile: true|doWhil: true|doWhil",
                "load-worker|concurrentConsumers|concurentConsumers|concurentConsumers",
                "table-timer|period: \"\\{\\{period}}\"|periodd: \"5s\"|periodd",
                "table-timer|id: table-timer$|id: table-time|no template 'table-timer'",
                "errors|onRedeliveryRef: sayRetrying|onRedeliveryRef: sayNothing|there is no bean 'sayNothing'",
                "errors|id: errors|id: error|there is no routeConfiguration 'errors'",
                "errors|uri: direct:load-failed|uri: direct:load-faild|sends to direct:load-faild, which no route consumes"
            })
    void aBrokenEditChangesNothingAndIsNamedWithItsLine(String file, String good, String broken, String named)
            throws IOException {
        String before = running.text(file);
        String after = before.replaceFirst("(?m)" + good, broken);
        assertThat(after).isNotEqualTo(before);
        running.save(file, after);

        running.awaitMessage("is not used; the running configuration does not change");
        assertThat(running.messages()).singleElement().asString().contains(file, named);
        running.awaitNewRow();
        assertThat(running.loader().load(LoadRequest.due("t")).outcome()).isNotEqualTo(Outcome.FAILED);

        running.save(file, before);
        running.awaitMessage(running.file(file).getFileName() + " matches the running configuration again");
    }

    @Test
    void aTableThatTheSourceDoesNotHaveFailsAlone() {
        running.saveTables("t: {schedule: 1s}\nmor: {schedule: 1s}\n");

        running.awaitMessage("reloaded");
        await().atMost(SOON)
                .until(() -> running.fixture().status("mor", "load_status").equals("failed"));
        assertThat(running.fixture().status("mor", "error"))
                .endsWith(":2: mor: the source has no table mor; did you mean more?");
        running.awaitNewRow();

        running.forgetMessages();
        running.saveTables(TWO_TABLES);
        running.awaitMessage("reloaded");
        running.fixture()
                .target()
                .execute("DELETE FROM raw.etl_table_metrics WHERE NOT success", "DELETE FROM raw.etl_dead_letter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tt: {schedule: 1s}\\nmor: {}|is not used|tables: the source database has none of the 2 tables of this list",
                "t: {schedule: soon}|:1 is not used|line 1: t.schedule: found",
                "t: {schedule: 1s, lod: full}|:1 is not used|lod",
                "t: {|is not used|found",
                "''|is not used|name at least one table"
            })
    void aBrokenListChangesNothing(String broken, String place, String named) {
        running.saveTables(broken.replace("\\n", "\n").replace("''", ""));

        running.awaitMessage(place);
        assertThat(running.messages()).singleElement().asString().contains(named);
        running.awaitNewRow();
        running.saveTables(TWO_TABLES);
        running.awaitMessage("matches the running configuration again");
    }
}
