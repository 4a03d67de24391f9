package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A loader that runs with route files and a table list of its own, which tests edit. The tables {@code t} and {@code big}
 * are loaded each second, {@code more} is not in the list.
 */
final class RunningLoader implements AutoCloseable {
    static final Duration SOON = Duration.ofMinutes(1);
    static final String TWO_TABLES = "t: {schedule: 1s}\nbig: {schedule: 1s}\n";

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Path routes;
    private final Session session;
    private final Loader loader;
    private final Operation operation;

    RunningLoader() throws Exception {
        routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "routes-");
        ShippedRoutes.copyTo(routes);
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO t VALUES ()",
                        "CREATE TABLE big (id int AUTO_INCREMENT PRIMARY KEY, note varchar(100)) ENGINE=MyISAM",
                        "INSERT INTO big (note) SELECT repeat('x', 100) FROM seq_1_to_2000",
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

    @Override
    public void close() {
        logger().detachAppender(log);
        operation.close();
        loader.close();
        session.close();
        fixture.close();
    }

    LoaderFixture fixture() {
        return fixture;
    }

    Session session() {
        return session;
    }

    Loader loader() {
        return loader;
    }

    Operation operation() {
        return operation;
    }

    /** Where its route files are. */
    Path routes() {
        return routes;
    }

    /** Its file of a route. */
    Path file(String id) {
        return ShippedRoutes.file(routes, id);
    }

    String text(String id) throws IOException {
        return Files.readString(file(id));
    }

    void save(String id, String text) throws IOException {
        Files.writeString(file(id), text);
    }

    void edit(String id, String found, String replacement) throws IOException {
        String before = text(id);
        assertThat(before).contains(found);
        save(id, before.replace(found, replacement));
    }

    /** Waits for the reload of a route's file. */
    void awaitReload(String id) {
        awaitMessage(file(id).getFileName() + " reloaded");
    }

    void saveTables(String text) {
        try {
            Files.writeString(session.settings().files().tables(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was said of reloads since the start, or since {@link #forgetMessages()}. */
    List<String> messages() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    void forgetMessages() {
        log.list.clear();
    }

    void awaitMessage(String part) {
        await().atMost(SOON).alias(part).until(() -> messages().stream().anyMatch(text -> text.contains(part)));
    }

    /** Loads go on: a new row, and all that were there before, arrive. */
    void awaitNewRow() {
        fixture.source().execute("INSERT INTO t VALUES ()");
        await().atMost(SOON).until(() -> isComplete("t"));
    }

    boolean isComplete(String table) {
        String count = "SELECT count(*) FROM ";
        return fixture.target().count(count + "raw." + table)
                == fixture.source().count(count + table);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.postgresloader.camel.reload.Reloads");
    }
}
