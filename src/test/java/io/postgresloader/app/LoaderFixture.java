package io.postgresloader.app;

import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.SettingsReader;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.load.LoadServices;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.TestServers;
import io.postgresloader.verify.ExtraRows;
import io.postgresloader.verify.RequestedRepair;
import io.postgresloader.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source database, a target database and a loader between them, all real and all of this test alone. The loader
 * starts with the first load and again whenever its configuration changes.
 */
public final class LoaderFixture implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** A test may look at its databases after it has closed the fixture. */
    private static final int CLOSED_AND_KEPT = 4;

    private static final Deque<LoaderFixture> CLOSED = new ArrayDeque<>();

    private final String name = "test_" + NUMBER.incrementAndGet();
    private final Database source;
    private final Database target;
    private final Map<String, String> environment = new HashMap<>();
    private final Path tablesFile;
    /** Whether its servers are those of all tests, which run on after this one. */
    private final boolean shared;

    /** MBeans are almost half of what a test costs, and few tests read them: the others load as {@code once} does. */
    private boolean published = Extent.full();

    private Session session;
    private Loader loader;

    LoaderFixture() {
        this(TestServers.source());
    }

    LoaderFixture(SourceServer server) {
        this(server, TestServers.postgres());
    }

    public LoaderFixture(SourceServer server, EmbeddedPostgresServer postgres) {
        dropClosed();
        shared = server.equals(TestServers.source()) && postgres.equals(TestServers.postgres());
        new Database(server.jdbcUrl(""), SourceServer.WRITER, SourceServer.PASSWORD)
                .execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb3");
        source = new Database(
                server.jdbcUrl(name)
                        + "?connectionTimeZone=UTC&jdbcCompliantTruncation=false"
                        // The length is MariaDB's own.
                        + "&sessionVariables=sql_mode='',group_concat_max_len=1048576",
                SourceServer.WRITER,
                SourceServer.PASSWORD);
        try {
            postgres.createDatabase(name);
            tablesFile = Files.createTempFile(Files.createDirectories(Path.of("target", "tables")), name, ".yml");
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target = new Database(postgres.jdbcUrl(name), EmbeddedPostgresServer.USER, "");
        environment.put("SOURCE_URL", server.jdbcUrl(name));
        environment.put("SOURCE_USER", SourceServer.READER);
        environment.put("SOURCE_PASSWORD", SourceServer.PASSWORD);
        environment.put("SOURCE_PACKETS", System.getProperty("source.packets", "on"));
        environment.put("TARGET_URL", target.url());
        environment.put("TARGET_USER", target.user());
        environment.put("TABLES_FILE", tablesFile.toString());
        // Tests run side by side.
        environment.put("MANAGEMENT_PORT", "0");
    }

    /** The source as the practice's program sees it: any SQL, its zone the server's, zero dates allowed. */
    public Database source() {
        return source;
    }

    public Database target() {
        return target;
    }

    /** What a process of its own needs to run on these databases. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Sets the table list; a running loader is stopped. */
    public LoaderFixture tables(String yaml) {
        stop();
        try {
            Files.writeString(tablesFile, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sets a setting by the name of its environment variable; a running loader is stopped. */
    public LoaderFixture set(String variable, String value) {
        stop();
        environment.put(variable, value);
        return this;
    }

    /** The loader has meters and MBeans, as {@code run} has them; a running loader is stopped. */
    LoaderFixture withMeters() {
        stop();
        published = true;
        return this;
    }

    /** Reads as a user who may not see what other users do; a running loader is stopped. */
    LoaderFixture withoutProcess() {
        createUser("blind");
        source.execute("GRANT SELECT ON *.* TO 'blind'@'127.0.0.1'");
        return set("SOURCE_USER", "blind");
    }

    /** Reads as a new user who may read this database and nothing else; a running loader is stopped. */
    LoaderFixture asUserWhoMayOnlyRead(String user) {
        createUser(user);
        source.execute("GRANT SELECT ON " + name + ".* TO '" + user + "'@'127.0.0.1'");
        return set("SOURCE_USER", user);
    }

    /** Reads as a new user without any right; a running loader is stopped. */
    LoaderFixture asUserWithoutRights(String user) {
        createUser(user);
        return set("SOURCE_USER", user);
    }

    /** A user without rights; one of that name is dropped. IF EXISTS is not known to every product. */
    private void createUser(String user) {
        if (source.count("SELECT COUNT(*) FROM mysql.user WHERE user = '" + user + "'") > 0) {
            source.execute("DROP USER '" + user + "'@'127.0.0.1'");
        }
        source.execute("CREATE USER '" + user + "'@'127.0.0.1' IDENTIFIED BY '" + SourceServer.PASSWORD + "'");
    }

    /** Loads what is due. */
    public LoadResult load(String table) {
        return load(table, LoadRequest.Kind.DUE);
    }

    LoadResult load(String table, LoadRequest.Kind kind) {
        return loader().load(new LoadRequest(table, kind, true));
    }

    /** The running loader; it starts now if it has not. */
    Loader loader() {
        if (loader == null) {
            session = Session.open(configuration());
            loader = published ? session.loader() : session.briefLoader();
            try {
                loader.start();
            } catch (Exception e) {
                throw new AssertionError("the loader does not start", e);
            }
        }
        return loader;
    }

    /** What the running loader uses. */
    LoadServices services() {
        loader();
        return session.services();
    }

    /** The running loader's connections to the source are not used again. */
    void forgetSourceConnections() {
        session.databases().sourcePool().getHikariPoolMXBean().softEvictConnections();
    }

    /** Compares a table and repairs all that differs, without a delete limit. */
    public RequestedRepair.Result repair(String table) {
        Loader running = loader();
        Verifier verifier = new Verifier(session.services());
        ExtraRows extraRows = new ExtraRows(session.services());
        try {
            return new RequestedRepair(session.services(), verifier, extraRows, running::load).run(table, true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Configuration configuration() {
        Configuration read = SettingsReader.read(Path.of("target", "no-such.properties"), environment);
        Map<String, String> camel = new HashMap<>(read.camel());
        camel.put("loader.retry_delay", "20");
        return new Configuration(read.settings(), camel);
    }

    /** One column of the table's row in {@code etl_load_status}. */
    public String status(String table, String column) {
        return target.value("SELECT " + column + " FROM raw.etl_load_status WHERE table_name = '" + table + "'");
    }

    /**
     * Waits until loads look at the source's open work again: one look serves those within a quarter of a second. The
     * clock of MySQL 5.5 then shows another second, too.
     */
    void awaitNextLook() throws InterruptedException {
        Thread.sleep(Products.ALL_BUT_MYSQL_5_5.underTest() ? 300 : 1_100);
    }

    public void stop() {
        if (loader != null) {
            loader.close();
            session.close();
            loader = null;
        }
    }

    @Override
    public void close() {
        stop();
        if (shared) {
            CLOSED.add(this);
        }
    }

    /** The databases of a thousand tests would take ten gigabytes of the disk. */
    private static void dropClosed() {
        while (CLOSED.size() > CLOSED_AND_KEPT) {
            CLOSED.remove().drop();
        }
    }

    private void drop() {
        drop(
                new Database(TestServers.source().jdbcUrl(""), SourceServer.WRITER, SourceServer.PASSWORD),
                "DROP DATABASE IF EXISTS " + name);
        drop(
                new Database(TestServers.postgres().jdbcUrl("postgres"), EmbeddedPostgresServer.USER, ""),
                "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static void drop(Database server, String statement) {
        try (Connection connection = server.connect();
                Statement drop = connection.createStatement()) {
            drop.execute(statement);
        } catch (SQLException e) {
            // It stays: its files may have been damaged for its test, or a server of that test may replicate it.
        }
    }
}
