package io.postgresloader.camel.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Route files of version 0.1.0 are recognised by their steps. */
class OlderRoutesTest {
    private static final Path OLDER = Path.of("src", "test", "resources", "routes-0.1.0");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "load-table|53|step 'load-table-chunks' reads exchangeProperty.load",
                "load-chunk|23|step 'load-chunk-first-page' reads exchangeProperty.load",
                "record-status|18|step 'record-status-update' takes the SQL parameter :#status from a map",
                "record-metrics|22|step 'record-metrics-insert' takes the SQL parameter :#loadId from a map",
                "dead-letter|25|step 'dead-letter-insert' takes the SQL parameter :#table from a map"
            })
    void anOldStepIsNamedWithItsLineAndTheManualPage(String id, int line, String step) throws IOException {
        RouteFile file = read(ShippedRoutes.file(OLDER, id));

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

        assertThat(Files.readString(Path.of("src", "site", "markdown", "upgrading-routes.md")))
                .startsWith("# " + title + "\n");
    }

    private static RouteFile read(Path path) throws IOException {
        return RouteFile.of(path, Files.readAllBytes(path));
    }

    private static RouteFile file(String text) {
        return new RouteFile(Path.of("mine.yaml"), text);
    }
}
