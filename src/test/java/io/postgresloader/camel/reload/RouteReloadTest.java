package io.postgresloader.camel.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postgresloader.camel.LoadGate;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved into a directory of routes that run, and what comes of it. */
class RouteReloadTest {
    private static final String A_ROUTE =
            """
            - route:
                id: added
                from:
                  uri: seda:added?size=7
                  steps:
                    - log: hello
            """;

    private final RouteBench bench = new RouteBench();
    private final Reloads reloads = new Reloads(new SimpleMeterRegistry());

    @TempDir
    private Path routes;

    private RouteReload reload;

    @BeforeEach
    void theShippedRoutesRun() throws Exception {
        ShippedRoutes.copyTo(routes);
        RouteDirectory directory = new RouteDirectory(routes);
        RunningRoutes running = new RunningRoutes(bench.context, new TableTimers(bench.context));
        running.begin(directory.read().values(), bench.beans);
        bench.context.start();
        reload = reload(directory, running, bench.gate);
    }

    private RouteReload reload(RouteDirectory directory, RunningRoutes running, LoadGate gate) {
        return new RouteReload(directory, running, gate, bench.context, bench.beans, reloads);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aNewFileThatWasBrokenAndIsGoneAgainIsForgotten() throws Exception {
        save("added.yaml", "- route: [");
        assertThat(rejected()).singleElement().asString().contains("added.yaml:2 rejected: ");

        Files.delete(routes.resolve("added.yaml"));
        reload.reload();
        assertThat(rejected()).isEmpty();
    }

    /** The first of the two would start, the other one cannot without a thread: only Camel's start tells. */
    @Test
    void routesThatDoNotStartLeaveNothingBehind() throws Exception {
        Collection<String> before = running();
        Files.writeString(routes.resolve("added.yaml"), A_ROUTE);
        save(
                "second.yaml",
                A_ROUTE.replace("added?size=7", "second?concurrentConsumers=0").replace("id: added", "id: second"));

        assertThat(rejected()).hasSize(2).allMatch(outcome -> outcome.toString().contains("second.yaml"));
        assertThat(running()).isEqualTo(before);

        Files.delete(routes.resolve("second.yaml"));
        reload.reload();
        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRoute("added")).isNotNull();
    }

    @Test
    void aRouteThatDoesNotStartMakesWayForTheOneBeforeIt() throws Exception {
        Path file = ShippedRoutes.file(routes, "load-worker");
        String before = Files.readString(file);
        save(file.getFileName().toString(), before.replace("{{loader.workers}}", "0"));

        assertThat(rejected()).hasSize(1);
        assertThat(bench.context.getRouteController().getRouteStatus("load-worker"))
                .isEqualTo(ServiceStatus.Started);
    }

    @Test
    void aByteOrderMarkAndLineEndsOfWindowsAreNoTrouble() throws Exception {
        save("added.yaml", "\uFEFF" + A_ROUTE.replace("\n", "\r\n"));

        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRoute("added")).isNotNull();
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirLine() throws Exception {
        Files.write(
                routes.resolve("added.yaml"),
                A_ROUTE.replace("hello", "gr\u00fc\u00df").getBytes(StandardCharsets.ISO_8859_1));
        reload.reload();

        assertThat(rejected()).singleElement().asString().contains("added.yaml:6 rejected: bytes that are not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"added.yaml", "added.camel.yaml"})
    void aFileWithEitherEndingIsRead(String name) throws Exception {
        save(name, A_ROUTE);

        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRoute("added")).isNotNull();
    }

    @Test
    void aFileMayBeRenamedToTheOtherEnding() throws Exception {
        save("added.yaml", A_ROUTE);
        Files.move(routes.resolve("added.yaml"), routes.resolve("added.camel.yaml"));
        reload.reload();

        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRoute("added")).isNotNull();
    }

    @Test
    void twoFilesOfOneIdAreRejectedUntilOneIsDeleted() throws Exception {
        save("added.yaml", A_ROUTE);
        save("added.camel.yaml", A_ROUTE.replace("hello", "good day"));
        assertThat(rejected())
                .singleElement()
                .asString()
                .contains("added.camel.yaml rejected: added.camel.yaml and added.yaml are both there; delete one");

        Files.delete(routes.resolve("added.yaml"));
        reload.reload();
        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRoute("added")).isNotNull();
    }

    @Test
    void aMethodThatABeanDoesNotHaveIsNamedWithThoseItHas() throws Exception {
        save(
                "added.yaml",
                A_ROUTE.replace("- log: hello", "- bean:\n            ref: retention\n            method: removeAll"));
        assertThat(rejected())
                .singleElement()
                .asString()
                .contains(
                        "added.yaml:6 rejected: bean 'retention' has no method 'removeAll'; it has: remove; if the file")
                .contains("Upgrading custom routes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- setBody: {simple: '${bean:queue?method=sise}'}",
                "- setBody: {simple: '${bean:queue.sise}'}",
                "- setBody: {method: {ref: queue, method: sise}}",
                "- filter: {simple: '${bean:queue?method=sise} > 1', steps: [{log: hello}]}"
            })
    void aMethodIsMissedInExpressionsAsWell(String step) throws Exception {
        save("added.yaml", A_ROUTE.replace("- log: hello", step));

        assertThat(rejected()).singleElement().asString().contains("bean 'queue' has no method 'sise'; it has: begin,");
    }

    /** What Camel notices when a message or an exception comes, or tells of another file, or in words of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "errors|method=retryable|method=retryabl|:7 rejected: Method with name: retryabl not found",
                "errors|bean:failure|bean:failur|:7 rejected: No bean could be found in the registry",
                "errors|backOffMultiplier: 2|backOffMultiplier: many|For input string: \"many\"",
                "errors|loader.retries|loader.retrys|:7 rejected: Property with key [loader.retrys]",
                "errors|java.lang.Exception|Excepion|:7 rejected: there is no class 'Excepion'",
                "remove-old|'\"6h\"'|soon|:1 rejected: option 'period' cannot be 'soon'",
                "remove-old|from:|form:|:2 rejected: Unsupported field: form",
                "remove-old|id: remove-old|id: timer-old|the id 'timer-old' is reserved for the timer of a table",
                "remove-old|timer:remove-old|direct:load-table|consumes from direct:load-table",
                "table-timer|direct:request-load|direct:request-lod|'table-timer' sends to direct:request-lod",
                "load-worker|seda:load-requests|seda:operator-requests|consumes from seda:operator-requests"
            })
    void aBrokenEditIsRefusedInWordsThatHelp(String file, String good, String broken, String outcome) throws Exception {
        Path edited = ShippedRoutes.file(routes, file);
        String before = Files.readString(edited);
        assertThat(before).contains(good);
        save(edited.getFileName().toString(), before.replace(good, broken));

        String where = outcome.startsWith(":") ? edited.getFileName() + outcome : outcome;
        assertThat(rejected())
                .singleElement()
                .asString()
                .contains(edited.getFileName().toString(), where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "- route:\n    id: added", "- 1", "{}", "\0", "- route: \uFFFF"})
    void whatIsNoRouteIsRefusedOnce(String text) throws Exception {
        save("added.yaml", text);
        List<Reloads.Outcome> first = rejected();
        reload.reload();

        assertThat(rejected()).singleElement().asString().contains("added.yaml");
        assertThat(rejected().get(0).reason()).isEqualTo(first.get(0).reason());
    }

    @Test
    void aFileThatIsNestedTooDeeplyIsRefused() throws Exception {
        save("added.yaml", "[".repeat(100_000));

        assertThat(rejected())
                .singleElement()
                .asString()
                .contains("added.yaml rejected: the file is nested too deeply");
    }

    @Test
    void aFileMayHaveBeansOfItsOwn() throws Exception {
        save("added.yaml", "- beans:\n    - name: list\n      type: java.util.ArrayList\n" + A_ROUTE);

        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRegistry().lookupByName("list")).isNotNull();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        reload.unreadable(new NoSuchFileException("routes/added.yaml"));
        assertThat(rejected()).singleElement().asString().contains("routes/added.yaml cannot be read");

        reload.reload();
        assertThat(rejected()).isEmpty();
    }

    @Test
    void twoBadSavesAndAGoodOneLeaveTheGoodOne() throws Exception {
        save("added.yaml", "- route: [");
        save("added.yaml", A_ROUTE.replace("log", "logg"));
        assertThat(rejected()).singleElement().asString().contains("logg");
        save("added.yaml", A_ROUTE);

        assertThat(rejected()).isEmpty();
        assertThat(bench.context.getRoute("added")).isNotNull();
    }

    private void save(String file, String text) throws IOException, InterruptedException {
        Files.writeString(routes.resolve(file), text);
        reload.reload();
    }

    private List<Reloads.Outcome> rejected() {
        return reloads.rejected();
    }

    private Collection<String> running() {
        return new TreeSet<>(
                bench.context.getRoutes().stream().map(Route::getRouteId).toList());
    }
}
