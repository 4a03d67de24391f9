package io.postgresloader.camel.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.testing.OlderRouteFiles;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route file of version 0.1.0 among the files of today, at the start and at a reload. */
class OlderFilesTest {
    private static final String PAGE =
            "step '.+' .+, as routes of version 0.1.0 do; see the page \"Upgrading custom routes\"";

    private final RouteBench bench = new RouteBench();
    private final RunningRoutes running = new RunningRoutes(bench.context, new TableTimers(bench.context));
    private final Reloads reloads = new Reloads(new SimpleMeterRegistry());

    @TempDir
    private Path routes;

    static List<String> outdated() {
        return OlderRouteFiles.OUTDATED;
    }

    static List<String> usable() {
        return OlderRouteFiles.usable();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void everyFileIsEitherOutdatedOrUsable() {
        assertThat(outdated()).hasSize(7);
        assertThat(usable()).hasSize(13);
    }

    @Test
    void theDirectoryOfVersion010DoesNotStart() {
        assertThatThrownBy(() -> begin(OlderRouteFiles.DIRECTORY))
                .isInstanceOfSatisfying(RouteProblem.class, problem -> assertThat(problem.file())
                        .isEqualTo("dead-letter.yaml"))
                .hasMessageMatching(PAGE);
    }

    @ParameterizedTest
    @MethodSource("outdated")
    void anOutdatedFileInPlaceOfTheNewOneIsNamedAtTheStart(String id) throws IOException {
        Files.delete(ShippedRoutes.file(ShippedRoutes.copyTo(routes), id));
        copy(id, id + ".yaml");

        assertStartNames(id + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("outdated")
    void anOutdatedFileWithTheNameOfTheNewOneIsNamedAtTheStart(String id) throws IOException {
        String name = ShippedRoutes.file(ShippedRoutes.copyTo(routes), id)
                .getFileName()
                .toString();
        copy(id, name);

        assertStartNames(name);
    }

    /** To delete one of the two would be half of what there is to do. */
    @ParameterizedTest
    @MethodSource("outdated")
    void anOutdatedFileIsNamedBeforeAConflictOfNames(String id) throws IOException {
        String name = otherEnding(ShippedRoutes.file(ShippedRoutes.copyTo(routes), id));
        copy(id, name);

        assertStartNames(name);
    }

    @ParameterizedTest
    @MethodSource("usable")
    void anyOtherFileStartsAmongTheNewOnes(String id) throws Exception {
        Files.delete(ShippedRoutes.file(ShippedRoutes.copyTo(routes), id));
        copy(id, id + ".yaml");
        begin(routes);
        bench.context.start();

        assertThat(running.files()).containsKey(id + ".yaml");
        assertThat(bench.context.getRoutes()).allMatch(this::hasStarted);
    }

    @ParameterizedTest
    @MethodSource("outdated")
    void theRunningRoutesStayWhenAnOutdatedFileIsSaved(String id) throws Exception {
        RouteReload reload = start();
        Map<String, Route> before = routesById();
        String name = ShippedRoutes.file(routes, id).getFileName().toString();
        copy(id, name);
        reload.reload();

        assertThat(reloads.rejected()).singleElement().satisfies(outcome -> assertThat(outcome.toString())
                .matches("(?s).*" + name + ":\\d+ rejected: " + PAGE + ".*"));
        assertThat(routesById()).isEqualTo(before);
        assertThat(bench.context.getRoutes()).allMatch(this::hasStarted);
    }

    @ParameterizedTest
    @MethodSource("usable")
    void anyOtherFileIsReloaded(String id) throws Exception {
        RouteReload reload = start();
        copy(id, ShippedRoutes.file(routes, id).getFileName().toString());
        reload.reload();

        assertThat(reloads.rejected()).isEmpty();
        assertThat(bench.context.getRoutes()).allMatch(this::hasStarted);
    }

    private RouteReload start() throws Exception {
        begin(ShippedRoutes.copyTo(routes));
        bench.context.start();
        return new RouteReload(new RouteDirectory(routes), running, bench.gate, bench.context, bench.beans, reloads);
    }

    private void begin(Path directory) throws IOException, RouteProblem {
        running.begin(new RouteDirectory(directory).read().values(), bench.beans);
    }

    private void assertStartNames(String file) {
        assertThatThrownBy(() -> begin(routes))
                .isInstanceOfSatisfying(RouteProblem.class, problem -> {
                    assertThat(problem.file()).isEqualTo(file);
                    assertThat(problem.line()).isPositive();
                })
                .hasMessageMatching(PAGE);
        assertThat(bench.context.getRoutes()).isEmpty();
    }

    private void copy(String id, String name) throws IOException {
        Files.writeString(routes.resolve(name), Files.readString(OlderRouteFiles.file(id)));
    }

    private static String otherEnding(Path file) {
        String id = ShippedRoutes.id(file);
        return file.getFileName().toString().equals(id + ".yaml") ? id + ".camel.yaml" : id + ".yaml";
    }

    private Map<String, Route> routesById() {
        return bench.context.getRoutes().stream().collect(Collectors.toMap(Route::getRouteId, route -> route));
    }

    private boolean hasStarted(Route route) {
        return bench.context.getRouteController().getRouteStatus(route.getRouteId()) == ServiceStatus.Started;
    }
}
