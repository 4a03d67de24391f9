package io.postgresloader.app;

import io.postgresloader.camel.operate.ManagementServer;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.tracking.PauseRecords;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A running loader that loads what the test says, without timers, whose tables are in each state that an operator may meet;
 * and the server of its status page.
 */
final class StatusPageFixture implements AutoCloseable {
    static final String STRANGE = "odd<b>\"&'name";

    /** Tables that are loaded; what else befalls some of them is said below. */
    static final List<String> LOADED =
            List.of("adjustment", "appointment", "claim", "claimproc", "commlog", "patient", "payment", "procedurelog");

    private final LoaderFixture fixture = new LoaderFixture();
    /** The way to the target. */
    private final TcpProxy way;

    private final Session session;
    private final Loader loader;
    private final Heartbeat heartbeat;
    private ManagementServer server;

    /** @param more names of tables that the list has as well, and that are not loaded */
    StatusPageFixture(List<String> more) throws Exception {
        for (String table : LOADED) {
            create('`' + table + '`');
        }
        create('`' + STRANGE + '`');
        fixture.tables(
                LOADED.stream().map(table -> table + ": {schedule: 5m}\n").collect(Collectors.joining())
                        + "'" + STRANGE.replace("'", "''") + "':\n"
                        + more.stream().map(table -> table + ":\n").collect(Collectors.joining()));
        way = new TcpProxy(
                URI.create(fixture.target().url().substring("jdbc:".length())).getPort());
        fixture.set("TARGET_URL", way.url(fixture.target().url()));
        session = Session.open(fixture.configuration());
        loader = session.loader();
        loader.start();
        heartbeat = new Heartbeat(session.databases().warehouse());
        heartbeat.start();
        server = ManagementServer.start(
                "127.0.0.1", 0, loader.context(), loader.meters().prometheus(), Operation.answers(session, loader));
    }

    private void create(String table) {
        source().execute(
                        "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY AUTO_INCREMENT, PatNum int, Note"
                                + " varchar(40), DateTStamp timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE"
                                + " CURRENT_TIMESTAMP)",
                        "INSERT INTO " + table + " (PatNum, Note) SELECT seq, 'a note' FROM seq_1_to_400");
    }

    Database source() {
        return fixture.source();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    LoadResult load(String table) {
        return loader.load(new LoadRequest(table, LoadRequest.Kind.DUE, true));
    }

    void loadAll() {
        LOADED.forEach(this::load);
        load(STRANGE);
    }

    void compare(String table) {
        loader.reconcile(table, "asked for");
    }

    /** The next load fails: PostgreSQL has no place for the column any more. */
    void breakTable(String table) {
        fixture.target().execute("ALTER TABLE raw.\"" + table + "\" RENAME COLUMN \"Note\" TO \"Remark\"");
        fixture.target()
                .execute(
                        "ALTER TABLE raw.\"" + table + "\" ADD COLUMN \"Note\" integer GENERATED ALWAYS AS (1) STORED");
        source().execute("UPDATE `" + table + "` SET Note = 'changed' WHERE Id < 9");
    }

    void poison(String table) {
        source().execute("UPDATE `" + table + "` SET Note = CONCAT('a', CHAR(0)) WHERE Id IN (7, 8)");
        load(table);
    }

    /** More rows are deleted in the source than a comparison deletes by itself. */
    void deleteMany(String table) {
        source().execute("DELETE FROM `" + table + "` WHERE Id > 200");
        compare(table);
    }

    void pause(String table) {
        new PauseRecords(session.databases().warehouse()).pause(List.of(table));
    }

    void makeOverdue(String table) {
        fixture.target()
                .execute("UPDATE raw.etl_load_status SET last_loaded = last_loaded - interval '1 hour' WHERE"
                        + " table_name = '" + table + "'");
    }

    /** A load that waits in its middle, until it is closed. */
    final class Held implements AutoCloseable {
        private final Connection lock;
        private final CompletableFuture<LoadResult> load;

        Held(String table) throws SQLException {
            source().execute("UPDATE `" + table + "` SET Note = 'held'");
            lock = fixture.target().begin("LOCK TABLE raw.\"" + table + "\" IN SHARE MODE");
            load = CompletableFuture.supplyAsync(() -> load(table));
        }

        boolean ended() {
            return load.isDone();
        }

        @Override
        public void close() throws SQLException {
            lock.rollback();
            lock.close();
            load.join();
        }
    }

    Held hold(String table) throws SQLException {
        return new Held(table);
    }

    /** As if these tables had been loaded as another one was. */
    void loadedLike(String table, List<String> others) {
        String names = "'{" + String.join(",", others) + "}'::text[]";
        fixture.target().execute("DELETE FROM raw.etl_load_status WHERE table_name = ANY (" + names + ")");
        for (String records : List.of("raw.etl_load_status", "raw.etl_table_metrics")) {
            fixture.target()
                    .execute("INSERT INTO " + records + " SELECT (jsonb_populate_record(s, jsonb_build_object("
                            + "'table_name', other, 'id', nextval(pg_get_serial_sequence('" + records + "', 'id'))"
                            + "))).* FROM " + records + " s, unnest(" + names + ") other WHERE s.table_name = '" + table
                            + "'");
        }
    }

    /** The target answers nothing, and refuses nothing. */
    void silenceTarget() {
        way.stall();
    }

    void targetAnswersAgain() {
        way.resume();
    }

    /** As if the loader had ended. */
    void stopAnswering() {
        server.close();
    }

    /** The loader answers at the same address again. */
    void answerAgain() throws Exception {
        int port = server.port();
        server = ManagementServer.start(
                "127.0.0.1", port, loader.context(), loader.meters().prometheus(), Operation.answers(session, loader));
    }

    @Override
    public void close() {
        server.close();
        heartbeat.close();
        loader.close();
        session.close();
        way.close();
        fixture.close();
    }
}
