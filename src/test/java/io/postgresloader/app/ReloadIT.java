package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Route files that are edited while the loader runs. */
class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Path routes;
    private Session session;
    private Loader loader;

    @BeforeEach
    void aLoaderWithRoutesOfItsOwn() throws Exception {
        routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "routes-");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO t VALUES (1)");
        fixture.set("ROUTES_DIR", routes.toString()).tables("t: {schedule: 1s}");
        log.start();
        ((Logger) LoggerFactory.getLogger("io.postgresloader.camel.RouteReload")).addAppender(log);
        session = Session.open(fixture.configuration());
        loader = session.loader().reloading();
        loader.start();
        loader.schedule(session.catalog().tables().values());
        await().atMost(SOON).until(() -> fixture.status("t", "load_status").equals("success"));
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger("io.postgresloader.camel.RouteReload")).detachAppender(log);
        loader.close();
        session.close();
        fixture.close();
    }

    @Test
    void aGoodEditIsInForceAndLoadsGoOn() throws IOException {
        edit("record-metrics.yaml", "Adds the row", "Edited, adds the row");

        await().atMost(SOON).until(() -> {
            // None while it is being replaced.
            Route route = loader.context().getRoute("record-metrics");
            return route != null && route.getDescription().startsWith("Edited");
        });
        fixture.source().execute("INSERT INTO t VALUES (2)");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.t") == 2);
        assertThat(loader.context().getRoutes()).extracting(Route::getRouteId).contains("timer-t", "load-table");
        assertThat(fixture.target().rows("SELECT DISTINCT success FROM raw.etl_table_metrics"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- route:|- route: [|record-metrics",
                "uri: sql|uri: sqll|sqll",
                "dataSource: \"#target\"|dataSorce: \"#target\"|dataSource",
                "dataSource: \"#target\"|dataSource: \"#nobody\"|nobody"
            })
    void aBrokenEditChangesNothingAndIsNamed(String good, String broken, String named) throws IOException {
        edit("record-metrics.yaml", good, broken);

        await().atMost(SOON).until(() -> log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .anyMatch(m -> m.contains("record-metrics.yaml is not used") && m.contains(named)));
        fixture.source().execute("INSERT INTO t VALUES (2)");
        await().atMost(SOON).until(() -> fixture.target().count("SELECT count(*) FROM raw.t") == 2);
        assertThat(loader.load(LoadRequest.due("t")).outcome()).isNotEqualTo(Outcome.FAILED);
    }

    private void edit(String file, String found, String replacement) throws IOException {
        String before = Files.readString(routes.resolve(file));
        assertThat(before).contains(found);
        Files.writeString(routes.resolve(file), before.replace(found, replacement));
    }
}
