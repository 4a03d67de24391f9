package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Route files and the table list are edited while loads run. */
class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TWO_TABLES = "t: {schedule: 1s}\nbig: {schedule: 1s}\n";

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Path routes;
    private Session session;
    private Loader loader;
    private Operation operation;

    @BeforeEach
    void aLoaderWithRoutesOfItsOwn() throws Exception {
        routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "routes-");
        for (Path file : shipped().toList()) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO t VALUES (1)",
                        "CREATE TABLE big (id int PRIMARY KEY, note varchar(100)) ENGINE=MyISAM",
                        "INSERT INTO big SELECT seq, repeat('x', 100) FROM seq_1_to_2000",
                        "CREATE TABLE more (id int PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO more VALUES (1)");
        fixture.set("ROUTES_DIR", routes.toString())
                .set("LOADER_PAGE_ROWS", "20")
                .tables(TWO_TABLES);
        log.start();
        logger().addAppender(log);
        session = Session.open(fixture.configuration());
        loader = session.loader();
        loader.start();
        operation = Operation.start(session, loader);
        await().atMost(SOON).until(() -> fixture.status("t", "load_status").equals("success"));
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        operation.close();
        loader.close();
        session.close();
        fixture.close();
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aGoodEditOfAnyFileIsInForceWhileLoadsRunAndNoneOfThemIsLost(Path shipped) throws IOException {
        String file = shipped.getFileName().toString();
        fixture.source().execute("INSERT INTO big SELECT seq, 'new' FROM seq_2001_to_8000");
        String before = Files.readString(routes.resolve(file));
        save(file, before.replaceAll("description: (?=[A-Z])", "description: Edited, "));

        awaitMessage(file + " is in force");
        if (!file.equals("errors.yaml")) {
            assertThat(loader.context().getRoutes())
                    .extracting(Route::getDescription)
                    .anyMatch(text -> text.startsWith("Edited, "));
        }
        fixture.source().execute("INSERT INTO t VALUES (2)");
        await().atMost(SOON).until(() -> count("t") == 2 && count("big") == 8000);
        assertThat(loader.context().getRoutes())
                .extracting(Route::getRouteId)
                .contains(
                        "timer-t",
                        "timer-big",
                        "load-table",
                        file.replace(".yaml", "")
                                .replace("table-timer", "timer-t")
                                .replace("errors", "load-table"));
        assertThat(fixture.target().rows("SELECT DISTINCT success FROM raw.etl_table_metrics"))
                .containsExactly("t");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter"))
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
                "load-chunk.yaml|uri: direct:pull-page|uri: direct:pull-paeg|sends to direct:pull-paeg, which no route takes",
                "load-table.yaml|doWhile: true|doWhil: true|doWhil",
                "load-worker.yaml|concurrentConsumers|concurentConsumers|concurentConsumers",
                "table-timer.yaml|period: \"\\{\\{period}}\"|periodd: \"5s\"|periodd",
                "table-timer.yaml|id: table-timer$|id: table-time|no template 'table-timer'",
                "errors.yaml|onRedeliveryRef: sayRetrying|onRedeliveryRef: sayNothing|there is no bean 'sayNothing'",
                "errors.yaml|id: errors|id: error|there is no routeConfiguration 'errors'",
                "errors.yaml|uri: direct:load-failed|uri: direct:load-faild|sends to direct:load-faild, which no route takes",
                "remove-old.yaml|id: remove-old$|id: timer-old|the id 'timer-old' is kept for the timer of a table",
                "remove-old.yaml|uri: timer:remove-old|uri: direct:load-table|takes messages from direct:load-table, as load-table.yaml does"
            })
    void aBrokenEditChangesNothingAndIsNamedWithItsLine(String file, String good, String broken, String named)
            throws IOException {
        String before = Files.readString(routes.resolve(file));
        String after = before.replaceFirst("(?m)" + good, broken);
        assertThat(after).isNotEqualTo(before);
        save(file, after);

        awaitMessage("is not used, what was before it stays in force");
        assertThat(messages()).singleElement().asString().contains(file, named);
        fixture.source().execute("INSERT INTO t VALUES (2)");
        await().atMost(SOON).until(() -> count("t") == 2);
        assertThat(loader.load(LoadRequest.due("t")).outcome()).isNotEqualTo(Outcome.FAILED);

        save(file, before);
        awaitMessage(file + " is again as it is in force");
    }

    @Test
    void aBrokenFileDoesNotKeepAnotherFromTakingEffect() throws IOException {
        edit("record-metrics.yaml", "uri: sql", "uri: sqll");
        awaitMessage("record-metrics.yaml:");
        edit("remove-old.yaml", "description: Removes", "description: Edited, removes");

        awaitMessage("remove-old.yaml is in force");
        assertThat(loader.context().getRoute("remove-old").getDescription()).startsWith("Edited");
    }

    @Test
    void twoFilesThatNeedEachOtherMayBeSavedOneAfterTheOther() throws IOException {
        edit("load-failed.yaml", "uri: direct:fail-load", "uri: direct:record-failure");
        awaitMessage("sends to direct:record-failure, which no route takes");
        edit("fail-load.yaml", "uri: direct:fail-load", "uri: direct:record-failure");

        awaitMessage("fail-load.yaml is in force");
        awaitMessage("load-failed.yaml is in force");
    }

    @Test
    void theRoutesOfADeletedFileStopUnlessOthersNeedThem() throws IOException {
        Files.delete(routes.resolve("remove-old.yaml"));
        awaitMessage("remove-old.yaml is gone; its routes have stopped");
        assertThat(loader.context().getRoute("remove-old")).isNull();

        // Only what happens on errors sends to the second one.
        for (String needed : List.of("load-meters", "load-failed")) {
            Files.delete(routes.resolve(needed + ".yaml"));
            awaitMessage(needed + ".yaml is not used, what was before it stays in force");
            assertThat(loader.context().getRoute(needed)).isNotNull();
        }
        assertThat(loader.load(LoadRequest.due("t")).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    /** Kubernetes puts all files of a volume below a hidden directory, and swaps a link to that. */
    @Test
    void filesOfEditorsAndSwappedLinksAreNoTrouble() throws IOException {
        String before = Files.readString(routes.resolve("remove-old.yaml"));
        Files.writeString(Files.createDirectory(routes.resolve("..1")).resolve("remove-old.yaml"), before);
        Files.writeString(
                Files.createDirectory(routes.resolve("..2")).resolve("remove-old.yaml"),
                before.replace("description: Removes", "description: Edited, removes"));
        link("..data", "..1");
        link("remove-old.yaml", "..data/remove-old.yaml");
        Files.writeString(routes.resolve(".record-metrics.yaml.swp"), "no yaml: [");
        Files.writeString(routes.resolve(".#record-metrics.yaml"), "no yaml: [");
        Files.writeString(routes.resolve("record-metrics.yaml~"), "no yaml: [");
        Files.createDirectory(routes.resolve("directory.yaml"));
        link("..data", "..2");

        awaitMessage("remove-old.yaml is in force");
        assertThat(messages()).hasSize(1);
    }

    /** Puts a link where there may be something already, at once. */
    private void link(String name, String to) throws IOException {
        Path link = Files.createSymbolicLink(routes.resolve("link.tmp"), Path.of(to));
        Files.move(link, routes.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void tablesComeGoAndChangeWithTheList() throws IOException {
        saveTables("t: {schedule: 1s}\nmore: {schedule: 1s}\n");

        awaitMessage("is in force: added: more; removed: big");
        await().atMost(SOON).ignoreExceptions().until(() -> count("more") == 1);
        assertThat(loader.context().getRoute("timer-big")).isNull();
        assertThat(loader.context().getRoute("timer-more")).isNotNull();

        saveTables("t: {schedule: 1s}\nmore: {schedule: 1s, load: full}\n");
        awaitMessage("is in force: changed: more");
        await().atMost(SOON).until(() -> fixture.status("more", "load_type").equals("full"));
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
    void aBrokenListChangesNothing(String broken, String place, String named) throws IOException {
        saveTables(broken.replace("\\n", "\n").replace("''", ""));

        awaitMessage(place);
        assertThat(messages()).singleElement().asString().contains(named);
        fixture.source().execute("INSERT INTO t VALUES (2)");
        await().atMost(SOON).until(() -> count("t") == 2);
        saveTables(TWO_TABLES);
        awaitMessage("is again as it is in force");
    }

    @Test
    void aListThatCannotBeCheckedNowIsToldAndTriedAgain() throws Exception {
        fixture.target().execute("ALTER TABLE raw.etl_load_status RENAME TO away");
        saveTables("t: {schedule: 1s}\nmore: {schedule: 1s}\n");
        operation.reloadNow();
        assertThat(loader.reloads().rejected()).singleElement().asString().contains("it cannot be checked now: ");

        fixture.target().execute("ALTER TABLE raw.away RENAME TO etl_load_status");
        operation.reloadNow();
        assertThat(loader.reloads().rejected()).isEmpty();
        awaitMessage("is in force: added: more; removed: big");
    }

    @Test
    void aHundredEditsLeaveNothingBehind() throws Exception {
        List<Path> files = shipped().toList();
        edits(files, 0, 20);
        int routesBefore = loader.context().getRoutesSize();
        int endpointsBefore = loader.context().getEndpoints().size();
        int threadsBefore = Thread.activeCount();
        List<WeakReference<Route>> replaced =
                loader.context().getRoutes().stream().map(WeakReference::new).toList();

        edits(files, 20, 120);
        assertThat(loader.context().getRoutesSize()).isEqualTo(routesBefore);
        assertThat(loader.context().getEndpoints().size()).isEqualTo(endpointsBefore);
        await().atMost(SOON).until(() -> Thread.activeCount() <= threadsBefore + 2);
        await().atMost(SOON).untilAsserted(() -> {
            System.gc();
            assertThat(replaced).allMatch(route -> route.get() == null);
        });
        assertThat(session.databases().source().getHikariPoolMXBean().getActiveConnections())
                .isLessThanOrEqualTo(2);
        fixture.source().execute("INSERT INTO t VALUES (2)");
        await().atMost(SOON).until(() -> count("t") == 2);
    }

    private void edits(List<Path> files, int from, int to) throws Exception {
        for (int edit = from; edit < to; edit++) {
            String file = files.get(edit % files.size()).getFileName().toString();
            log.list.clear();
            save(file, Files.readString(Path.of("routes", file)) + "# edit " + edit + "\n");
            operation.reloadNow();
            assertThat(messages()).anyMatch(text -> text.contains(file + " is in force"));
        }
    }

    private long count(String table) {
        return fixture.target().count("SELECT count(*) FROM raw." + table);
    }

    private void awaitMessage(String part) {
        await().atMost(SOON).alias(part).until(() -> messages().stream().anyMatch(text -> text.contains(part)));
    }

    private List<String> messages() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void edit(String file, String found, String replacement) throws IOException {
        String before = Files.readString(routes.resolve(file));
        assertThat(before).contains(found);
        save(file, before.replace(found, replacement));
    }

    private void save(String file, String text) throws IOException {
        Files.writeString(routes.resolve(file), text);
    }

    private void saveTables(String text) {
        try {
            Files.writeString(session.settings().tablesFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.postgresloader.camel.reload.Reloads");
    }
}
