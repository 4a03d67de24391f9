package io.postgresloader.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postgresloader.monitor.Severity;
import io.postgresloader.testing.Observed;
import io.postgresloader.testing.Observed.Alert;
import io.postgresloader.testing.Prometheus;
import io.postgresloader.verify.Reconciliation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules are tested, and the page that they link to says what each of them, and each state, means. */
class AlertsPageTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "alerts.md");
    private static final Pattern RUNBOOK =
            Pattern.compile("\\{\\{ \\$externalLabels\\.manual }}/(alerts\\.md)#([a-z]+)");
    private static final List<String> STATES =
            List.of("pending", "running", "interrupted", "success", "failed", "paused", "no tracking row");

    static List<Alert> alerts() {
        return Observed.alerts();
    }

    @Test
    void promtoolFindsNothingWrongAndItsTestsPass() throws Exception {
        assumeTrue(
                Prometheus.isInstalled(),
                "SKIPPED: this machine has no promtool, so that the alert rules are not tested; apt-get install prometheus");
        Process check = new ProcessBuilder("docker/observe/check.sh")
                .redirectErrorStream(true)
                .start();
        String out = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(out).isZero();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertIsTestedFiringAndNotFiring(Alert alert) {
        List<Object> expected = Observed.tests().stream()
                .flatMap(test -> Stream.ofNullable(test.get("promql_expr_test")))
                .flatMap(cases -> Observed.list(cases).stream())
                .filter(check -> String.valueOf(check.get("expr"))
                        .equals("ALERTS{alertname=\"" + alert.name() + "\", alertstate=\"firing\"}"))
                .<Object>map(check -> check.get("exp_samples"))
                .toList();

        assertThat(expected).anyMatch(List.of()::equals).anyMatch(samples -> !samples.equals(List.of()));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertSaysWhatIsSoAndWhatToDo(Alert alert) {
        assertThat(alert.name()).startsWith("PostgresLoader");
        assertThat(alert.labels().get("severity")).isIn("critical", "warning");
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "action", "runbook_url");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void theLinkOfAnAlertLeadsToItsHeading(Alert alert) {
        assertThat(alert.annotations().get("runbook_url")).matches(RUNBOOK);
        String anchor = alert.annotations().get("runbook_url").split("#")[1];

        assertThat(anchor).isEqualToIgnoringCase(alert.name());
        assertThat(MarkdownPage.read(PAGE).anchors()).contains(anchor);
    }

    @Test
    void thePageHasNoAlertThatDoesNotExist() throws IOException {
        Set<String> named = Pattern.compile("\\bPostgresLoader[A-Z]\\w+")
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());

        assertThat(named).isEqualTo(alerts().stream().map(Alert::name).collect(Collectors.toSet()));
    }

    @Test
    void thePageHasEachStateConcernAndResultOfAComparison() throws IOException {
        assertThat(firstCells("state")).containsExactlyElementsOf(STATES);
        assertThat(firstCells("concern"))
                .containsExactlyElementsOf(
                        Arrays.stream(Severity.values()).map(Severity::word).toList());
        assertThat(firstCells("result"))
                .containsExactlyElementsOf(Arrays.stream(Reconciliation.Result.values())
                        .map(Reconciliation.Result::word)
                        .toList());
    }

    /** The words in the first column of the table whose first column has this title. */
    private static List<String> firstCells(String title) throws IOException {
        return Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.startsWith("| " + title + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.replaceFirst("^\\| `([^`]+)` \\|.*", "$1"))
                .toList();
    }
}
