package io.postgresloader.app;

import static io.postgresloader.app.RunningLoader.SOON;
import static io.postgresloader.app.RunningLoader.TWO_TABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

    static List<Path> shipped() throws IOException {
        return RunningLoader.shipped();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aGoodEditOfAnyFileIsInForceWhileLoadsRunAndNoneOfThemIsLost(Path shipped) throws IOException {
        String file = shipped.getFileName().toString();
        running.fixture().source().execute("INSERT INTO big (note) SELECT 'new' FROM seq_1_to_1000");
        running.save(file, running.text(file).replaceAll("description: (?=[A-Z])", "description: Edited, "));

        running.awaitMessage(file + " is in force");
        running.awaitNewRow();
        await().atMost(SOON).until(() -> running.isComplete("big"));
        List<Route> routes = running.loader().context().getRoutes();
        assertThat(routes).extracting(Route::getRouteId).contains("timer-t", "timer-big", "load-table");
        if (!file.equals("errors.yaml")) {
            String id = file.equals("table-timer.yaml") ? "timer-t" : file.replace(".yaml", "");
            assertThat(running.loader().context().getRoute(id).getDescription()).startsWith("Edited, ");
        }
        assertThat(running.fixture().target().rows("SELECT DISTINCT success FROM raw.etl_table_metrics"))
                .containsExactly("t");
        assertThat(running.fixture().target().count("SELECT count(*) FROM raw.etl_dead_letter"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record-metrics.yaml|- route:|- route: [|expected ',' or ']'",
                "record-metrics.yaml|uri: sql|uri: sqll|sqll",
                "record-metrics.yaml|dataSource: \"#target\"|dataSorce: \"#target\"|dataSource",
                "record-metrics.yaml|dataSource: \"#target\"|dataSource: \"#nobody\"|nobody",
                "record-metrics.yaml|id: record-metrics$|id: record-status|duplicate id 'record-status', which record-status.yaml has",
                "load-chunk.yaml|ref: chunk$|ref: chunks|chunks",
                "load-chunk.yaml|method: lock|method: look|bean 'chunk' has no method 'look'",
                "next-page.yaml|uri: direct:pull-page|uri: direct:pull-paeg|sends to direct:pull-paeg, which no route takes",
                "load-attempt.yaml|doWhile: true|doWhil: true|doWhil",
                "load-worker.yaml|concurrentConsumers|concurentConsumers|concurentConsumers",
                "table-timer.yaml|period: \"\\{\\{period}}\"|periodd: \"5s\"|periodd",
                "table-timer.yaml|id: table-timer$|id: table-time|no template 'table-timer'",
                "errors.yaml|onRedeliveryRef: sayRetrying|onRedeliveryRef: sayNothing|there is no bean 'sayNothing'",
                "errors.yaml|id: errors|id: error|there is no routeConfiguration 'errors'",
                "errors.yaml|uri: direct:load-failed|uri: direct:load-faild|sends to direct:load-faild, which no route takes"
            })
    void aBrokenEditChangesNothingAndIsNamedWithItsLine(String file, String good, String broken, String named)
            throws IOException {
        String before = running.text(file);
        String after = before.replaceFirst("(?m)" + good, broken);
        assertThat(after).isNotEqualTo(before);
        running.save(file, after);

        running.awaitMessage("is not used, what was before it stays in force");
        assertThat(running.messages()).singleElement().asString().contains(file, named);
        running.awaitNewRow();
        assertThat(running.loader().load(LoadRequest.due("t")).outcome()).isNotEqualTo(Outcome.FAILED);

        running.save(file, before);
        running.awaitMessage(file + " is again as it is in force");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t: {schedule: 1s}\\nmor: {}|:2 is not used|line 2: mor: found a table that the source does not have",
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
        running.awaitMessage("is again as it is in force");
    }
}
