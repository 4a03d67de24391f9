package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.DocumentJson;
import io.postgresloader.monitor.StatusDocument;
import io.postgresloader.monitor.StatusDocuments;
import io.postgresloader.monitor.StatusReader;
import io.postgresloader.page.AllPage;
import io.postgresloader.page.Choice;
import io.postgresloader.page.Pages;
import io.postgresloader.testing.Extent;
import io.postgresloader.tracking.Monitoring;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints what the status of 446 tables costs in milliseconds of CPU, in the loader and in PostgreSQL, with the runs of 90
 * days: one every five minutes, one in thirty changed rows. Wall time depends on what else the machine does.
 */
@Tag(Extent.SLOW)
class StatusCostIT {
    private static final int TABLES = 446;
    private static final int RUNS = 2_600;
    private static final int ROUNDS = 60;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Path backend;

    @Test
    void theStatusOfManyTablesIsMeasured() throws SQLException {
        try (LoaderFixture fixture = new LoaderFixture();
                HikariDataSource pool = new HikariDataSource()) {
            fixture.source().execute("CREATE TABLE t1 (id int PRIMARY KEY)");
            fixture.tables("t1:\n");
            fixture.load("t1");
            fill(fixture);
            pool.setJdbcUrl(fixture.target().url());
            pool.setUsername(fixture.target().user());
            pool.setMaximumPoolSize(1);
            pool.setConnectionInitSql("SET max_parallel_workers_per_gather = 0");
            backend = backend(pool);
            measure(new Warehouse(pool, "raw"), new Monitoring(new Warehouse(pool, "raw")));
            fixture.target()
                    .execute("UPDATE raw.etl_load_status SET load_status = 'running'", "ANALYZE raw.etl_load_status");
            timed("reading, all tables interrupted", new StatusReader(new Warehouse(pool, "raw"), false)::now);
        }
    }

    private void measure(Warehouse warehouse, Monitoring monitoring) {
        StatusReader reader = new StatusReader(warehouse, false);
        timed("figures, once a minute", monitoring::figures);
        StatusReader.Trends trends = timed("trends with figures, once a minute", reader::trends);
        StatusReader.Now now = timed("reading", reader::now);
        StatusDocument document = timed("document", () -> document(now, trends));
        byte[] bytes = timed("json", () -> DocumentJson.bytes(document));
        timed("etag", () -> DocumentJson.etag(document));
        timed("page", () -> Pages.render(AllPage.of(document, Choice.all(), document.generatedAt(), ZoneOffset.UTC)));
        timed("request of JSON, reading included", () -> {
            StatusDocument fresh = document(reader.now(), trends);
            DocumentJson.etag(fresh);
            return DocumentJson.bytes(fresh);
        });
        timed("request of the page, reading included", () -> {
            StatusDocument fresh = document(reader.now(), trends);
            return Pages.render(AllPage.of(fresh, Choice.all(), fresh.generatedAt(), ZoneOffset.UTC));
        });
        System.out.println("bytes: " + bytes.length);
        assertThat(document.tables()).hasSize(TABLES);
    }

    /** Where Linux says how many nanoseconds the process of PostgreSQL has computed that serves the only connection. */
    private static Path backend(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return Path.of("/proc", row.getString(1), "schedstat");
        }
    }

    private static void fill(LoaderFixture fixture) {
        fixture.target()
                .execute(
                        "INSERT INTO raw.etl_load_status (table_name, load_status, last_loaded, watermarks, finished_at,"
                                + " load_type, load_reason) SELECT 't' || n, 'success', now() AT TIME ZONE 'UTC', '{}', now(),"
                                + " 'incremental', '2 cursor columns' FROM generate_series(2, " + TABLES + ") n",
                        "INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, rows_processed, processing_time,"
                                + " success, load_type, rows_inserted, rows_updated, \"timestamp\") SELECT r::text, 't' || n,"
                                + " r, 1, true, CASE WHEN r % 30 = 0 THEN 'incremental' ELSE 'unchanged' END,"
                                + " CASE WHEN r % 30 = 0 THEN r ELSE 0 END, 0,"
                                + " (now() AT TIME ZONE 'UTC') - r * interval '5 minutes' * 10"
                                + " FROM generate_series(1, " + TABLES + ") n, generate_series(1, " + RUNS + ") r",
                        "INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id)"
                                + " SELECT 't' || n % 50, jsonb_build_object('id', n), 'row', 'x', 'x'"
                                + " FROM generate_series(1, 5000) n",
                        "VACUUM ANALYZE");
    }

    private static StatusDocument document(StatusReader.Now now, StatusReader.Trends trends) {
        Map<String, TableOptions> options = new LinkedHashMap<>();
        now.lines().forEach(line -> options.put(line.table(), TableOptions.defaults(line.table())));
        Catalog catalog = new Catalog(Path.of("tables.yml"), options, Map.of(), List.of());
        return new StatusDocuments("practice")
                .of(
                        now,
                        now.health(Optional.of(catalog), Map.of()),
                        Optional.of(trends),
                        Optional.of(true),
                        Optional.empty());
    }

    /** Prints the first round and the median of all, each in the loader and in PostgreSQL. */
    private <T> T timed(String what, Supplier<T> work) {
        double[] loader = new double[ROUNDS];
        double[] target = new double[ROUNDS];
        T result = null;
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            double targetBefore = targetMillis();
            result = work.get();
            target[i] = targetMillis() - targetBefore;
            loader[i] = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
        }
        double first = loader[0];
        double firstTarget = target[0];
        Arrays.sort(loader);
        Arrays.sort(target);
        System.out.printf(
                Locale.ROOT,
                "%s: first %.1f + %.1f ms, median %.1f + %.1f ms%n",
                what,
                first,
                firstTarget,
                loader[ROUNDS / 2],
                target[ROUNDS / 2]);
        return result;
    }

    private double targetMillis() {
        try {
            return Long.parseLong(Files.readString(backend).split(" ")[0]) / 1e6;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
