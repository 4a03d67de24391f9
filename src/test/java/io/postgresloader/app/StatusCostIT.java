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
import io.postgresloader.testing.Extent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints what the status of 446 tables costs, with the runs of 90 days: one every five minutes, one in thirty changed rows. */
@Tag(Extent.SLOW)
class StatusCostIT {
    private static final int TABLES = 446;
    private static final int RUNS = 2_600;
    private static final int ROUNDS = 20;

    @Test
    void theStatusOfManyTablesIsMeasured() {
        try (LoaderFixture fixture = new LoaderFixture();
                HikariDataSource pool = new HikariDataSource()) {
            fixture.source().execute("CREATE TABLE t1 (id int PRIMARY KEY)");
            fixture.tables("t1:\n");
            fixture.load("t1");
            fill(fixture);
            pool.setJdbcUrl(fixture.target().url());
            pool.setUsername(fixture.target().user());
            StatusReader reader = new StatusReader(new Warehouse(pool, "raw"), false);
            StatusReader.Trends trends = timed("trends", reader::trends);
            StatusReader.Now now = timed("reading", reader::now);
            StatusDocument document = timed("document", () -> document(now, trends));
            byte[] bytes = timed("json", () -> DocumentJson.bytes(document));
            timed("etag", () -> DocumentJson.etag(document));
            System.out.println("bytes: " + bytes.length);
            assertThat(document.tables()).hasSize(TABLES);
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
                .of(now, now.health(Optional.of(catalog), Map.of()), Optional.of(trends), true, Optional.empty());
    }

    /** Prints the first time and the median of more. */
    private static <T> T timed(String what, Supplier<T> work) {
        long[] millis = new long[ROUNDS];
        T result = null;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            result = work.get();
            millis[i] = (System.nanoTime() - begin) / 1_000;
        }
        long first = millis[0];
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "%s: first %d us, median %d us%n", what, first, millis[ROUNDS / 2]);
        return result;
    }
}
