package io.postgresloader.camel.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.testing.OlderRouteFiles;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Route files of version 0.1.0 are recognised by their steps. */
class OlderRoutesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "load-table|53|step 'load-table-chunks' reads exchangeProperty.load",
                "load-chunk|10|step 'load-chunk-transaction' uses transacted instead of policy",
                "finish-load|10|step 'finish-load-transaction' uses transacted instead of policy",
                "fail-load|10|step 'fail-load-transaction' uses transacted instead of policy",
                "record-status|18|step 'record-status-update' takes the SQL parameter :#status from a map",
                "record-metrics|22|step 'record-metrics-insert' takes the SQL parameter :#loadId from a map",
                "dead-letter|25|step 'dead-letter-insert' takes the SQL parameter :#table from a map"
            })
    void anOldStepIsNamedWithItsLineAndTheManualPage(String id, int line, String step) throws IOException {
        RouteFile file = read(OlderRouteFiles.file(id));

        assertThatThrownBy(() -> OlderRoutes.require(file))
                .isInstanceOfSatisfying(RouteProblem.class, problem -> {
                    assertThat(problem.file()).isEqualTo(id + ".yaml");
                    assertThat(problem.line()).isEqualTo(line);
                })
                .hasMessage(step + ", as routes of version 0.1.0 do; see the page \"Upgrading custom routes\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple: \"${exchangeProperty[load].unfinished}\"",
                "simple: \"${exchangeProperty.load.pageBehind}\"",
                "simple: \"${exchangePropertyAs(load, Object)}\""
            })
    void everyWayToReadTheLoadIsRecognised(String expression) {
        assertThatThrownBy(() -> OlderRoutes.require(file("- route:\n    id: mine\n    from:\n      " + expression)))
                .isInstanceOf(RouteProblem.class)
                .hasMessageContaining("step 'mine' reads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- transacted:\n    id: mine\n    ref: chunkTransaction\n    steps:\n      - to: direct:x",
                "- transacted:\n    id: mine\n    steps:\n    - to: direct:x\n    ref: chunkTransaction",
                "- transacted: {id: mine, ref: chunkTransaction}",
                "- transacted: {id: mine}"
            })
    void everyWayToBeTransactedByTheLoaderIsRecognised(String step) {
        assertThatThrownBy(() -> OlderRoutes.require(file(step)))
                .isInstanceOf(RouteProblem.class)
                .hasMessageStartingWith("step 'mine' uses transacted instead of policy, as");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- transacted:\n    steps:\n      - bean:\n          ref: chunkTransaction\n    ref: myPolicy",
                "- transacted: {id: mine, ref: myPolicy}",
                "- policy:\n    id: mine\n    ref: chunkTransaction",
                "- route:\n    id: mine\n    x: SELECT :#table",
                "- route:\n    id: record-status\n    x: SELECT :#${body.table}",
                "- route:\n    id: record-status\n    # was: SELECT :#table",
                "- route:\n    id: mine\n    x: ${exchangeProperty.loaded} ${variable.position.unfinished}",
                "- route:\n    id: mine\n    # ${exchangeProperty.load}"
            })
    void otherStepsAreNotReported(String text) {
        assertThatCode(() -> OlderRoutes.require(file(text))).doesNotThrowAnyException();
    }

    @Test
    void theNamedManualPageExists() throws IOException {
        String title = OlderRoutes.SEE.replaceAll(".*\"(.*)\".*", "$1");

        assertThat(page()).startsWith("# " + title + "\n");
    }

    @Test
    void thePageNamesTheNewFileOrParameterForEveryOlderOne() throws IOException {
        String page = page();

        assertThat(OlderRouteFiles.OUTDATED).allMatch(id -> page.contains("`" + id + "`"));
        assertThat(OlderRouteFiles.usable()).allMatch(id -> page.contains("`" + id + "`"));
        for (String id : List.of("record-status", "record-metrics", "dead-letter")) {
            List<String> older = parameters(OlderRouteFiles.file(id));
            List<String> today = parameters(ShippedRoutes.file(id));
            // What has been added since comes last.
            assertThat(today).hasSizeGreaterThanOrEqualTo(older.size());
            for (int i = 0; i < today.size(); i++) {
                String before = i < older.size() ? "`" + older.get(i) + "`" : "new";
                assertThat(page).contains("| " + before + " | `" + today.get(i) + "` |");
            }
        }
    }

    private static List<String> parameters(Path statement) throws IOException {
        return Pattern.compile(":#(\\w+|\\$\\{[^}]+})")
                .matcher(Files.readString(statement))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("src", "site", "markdown", "upgrading-routes.md"));
    }

    private static RouteFile read(Path path) throws IOException {
        return RouteFile.of(path, Files.readAllBytes(path));
    }

    private static RouteFile file(String text) {
        return new RouteFile(Path.of("mine.yaml"), text);
    }
}
