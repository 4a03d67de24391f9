package io.postgresloader.app;

import static io.postgresloader.app.RunningLoader.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Route files and the table list are edited while loads run. */
class ReloadIT {
    private RunningLoader running;
    private Loader loader;

    @BeforeEach
    void start() throws Exception {
        running = new RunningLoader();
        loader = running.loader();
    }

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void aBrokenFileDoesNotPreventTheReloadOfAnother() throws IOException {
        running.edit("record-metrics", "uri: sql", "uri: sqll");
        running.awaitMessage(running.file("record-metrics").getFileName() + ":");
        running.edit("remove-old", "description: Removes", "description: Edited, removes");

        running.awaitReload("remove-old");
        assertThat(loader.context().getRoute("remove-old").getDescription()).startsWith("Edited");
    }

    @Test
    void twoFilesThatNeedEachOtherMayBeSavedOneAfterTheOther() throws IOException {
        running.edit("load-failed", "uri: direct:fail-load", "uri: direct:record-failure");
        running.awaitMessage("sends to direct:record-failure, which no route consumes");
        running.edit("fail-load", "uri: direct:fail-load", "uri: direct:record-failure");

        running.awaitReload("fail-load");
        running.awaitReload("load-failed");
    }

    @Test
    void theRoutesOfADeletedFileStopUnlessOthersNeedThem() throws IOException {
        Path deleted = running.file("remove-old");
        Files.delete(deleted);
        running.awaitMessage(deleted.getFileName() + " was deleted; its routes are stopped");
        assertThat(loader.context().getRoute("remove-old")).isNull();

        // Only what happens on errors sends to the second one.
        for (String needed : List.of("load-meters", "load-failed")) {
            Path file = running.file(needed);
            Files.delete(file);
            running.awaitMessage(file.getFileName() + " is not used; the running configuration does not change");
            assertThat(loader.context().getRoute(needed)).isNotNull();
        }
        assertThat(loader.load(LoadRequest.dueNow("t")).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    /** Kubernetes puts all files of a volume below a hidden directory, and swaps a link to that. */
    @Test
    void editorFilesAndSwappedLinksAreHandled() throws IOException {
        String before = running.text("remove-old");
        String name = running.file("remove-old").getFileName().toString();
        Files.writeString(Files.createDirectory(running.routes().resolve("..1")).resolve(name), before);
        Files.writeString(
                Files.createDirectory(running.routes().resolve("..2")).resolve(name),
                before.replace("description: Removes", "description: Edited, removes"));
        link("..data", "..1");
        link(name, "..data/" + name);
        Files.writeString(running.routes().resolve(".record-metrics.yaml.swp"), "no yaml: [");
        Files.writeString(running.routes().resolve(".#record-metrics.yaml"), "no yaml: [");
        Files.writeString(running.routes().resolve("record-metrics.yaml~"), "no yaml: [");
        Files.createDirectory(running.routes().resolve("directory.yaml"));
        link("..data", "..2");

        running.awaitReload("remove-old");
        assertThat(running.messages()).hasSize(1);
    }

    /** Puts a link where there may be something already, at once. */
    private void link(String name, String to) throws IOException {
        Path link = Files.createSymbolicLink(running.routes().resolve("link.tmp"), Path.of(to));
        Files.move(link, running.routes().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void timersFollowTheTableList() throws IOException {
        running.saveTables("t: {schedule: 1s}\nmore: {schedule: 1s}\n");

        running.awaitMessage(" reloaded: added: more; removed: big");
        await().atMost(SOON).ignoreExceptions().until(() -> running.isComplete("more"));
        assertThat(loader.context().getRoute("timer-big")).isNull();
        assertThat(loader.context().getRoute("timer-more")).isNotNull();

        running.saveTables("t: {schedule: 1s}\nmore: {schedule: 1s, load: full}\n");
        running.awaitMessage(" reloaded: changed: more");
        await().atMost(SOON)
                .until(() -> running.fixture().status("more", "load_type").equals("full"));
    }

    @Test
    void aListThatCannotBeCheckedIsReportedAndRetried() throws Exception {
        running.fixture().target().execute("ALTER TABLE raw.etl_load_status RENAME TO away");
        running.saveTables("t: {schedule: 1s}\nmore: {schedule: 1s}\n");
        running.operation().reloadNow();
        assertThat(loader.reloads().rejected()).singleElement().asString().contains("it cannot be checked now: ");

        running.fixture().target().execute("ALTER TABLE raw.away RENAME TO etl_load_status");
        running.operation().reloadNow();
        assertThat(loader.reloads().rejected()).isEmpty();
        running.awaitMessage(" reloaded: added: more; removed: big");
    }

    @Tag(Extent.SLOW)
    @Test
    void reloadsLeakNothing() throws Exception {
        List<Path> files = ShippedRoutes.all();
        // What the start made is held by the start; from now on each route was made by an edit.
        int warmUp = files.size();
        edits(files, 0, warmUp);
        int routesBefore = loader.context().getRoutesSize();
        int endpointsBefore = loader.context().getEndpoints().size();
        int threadsBefore = Thread.activeCount();
        List<WeakReference<Route>> replaced =
                loader.context().getRoutes().stream().map(WeakReference::new).toList();

        edits(files, warmUp, warmUp + Extent.of(1, 5) * files.size());
        assertThat(loader.context().getRoutesSize()).isEqualTo(routesBefore);
        assertThat(loader.context().getEndpoints().size()).isEqualTo(endpointsBefore);
        await().atMost(SOON).until(() -> Thread.activeCount() <= threadsBefore + 2);
        await().atMost(SOON).untilAsserted(() -> {
            System.gc();
            assertThat(replaced).allMatch(route -> route.get() == null);
        });
        assertThat(running.session()
                        .databases()
                        .sourcePool()
                        .getHikariPoolMXBean()
                        .getActiveConnections())
                .isLessThanOrEqualTo(2);
        running.awaitNewRow();
    }

    private void edits(List<Path> files, int from, int to) throws Exception {
        for (int edit = from; edit < to; edit++) {
            Path file = files.get(edit % files.size());
            running.forgetMessages();
            running.save(ShippedRoutes.id(file), Files.readString(file) + "# edit " + edit + "\n");
            running.operation().reloadNow();
            assertThat(running.messages()).anyMatch(text -> text.contains(file.getFileName() + " reloaded"));
        }
    }
}
