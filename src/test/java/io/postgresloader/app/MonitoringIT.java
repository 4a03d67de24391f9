package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.tracking.Monitoring;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The six figures against numbers counted by hand, and the users' own queries. */
@Tag(Extent.SMOKE)
class MonitoringIT {
    private static final String COVERAGE =
            """
            SELECT
                COUNT(*) as tables_with_incremental_columns,
                COUNT(e.table_name) as tables_with_tracking_records,
                ROUND(COUNT(e.table_name) * 100.0 / COUNT(*), 2) as coverage_percentage
            FROM (
                SELECT 'adjustment' as table_name UNION ALL
                SELECT 'allergy' UNION ALL
                SELECT 'claim' UNION ALL
                SELECT 'patient'
            ) t
            LEFT JOIN raw.etl_load_status e ON t.table_name = e.table_name;
            """;

    private static final String PERFORMANCE =
            """
            SELECT
                table_name,
                last_loaded,
                rows_loaded,
                load_status,
                _updated_at
            FROM raw.etl_load_status
            WHERE table_name IN ('adjustment', 'allergy', 'claim', 'patient')
            ORDER BY _updated_at DESC;
            """;

    private static final String DUPLICATES =
            """
            SELECT
                table_name,
                COUNT(*) as error_count,
                MAX(timestamp) as last_error
            FROM etl_table_metrics
            WHERE error LIKE '%duplicate key%'
            GROUP BY table_name
            ORDER BY error_count DESC;
            """;

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void practice() {
        for (String table : List.of("adjustment", "allergy", "claim", "patient")) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id bigint PRIMARY KEY, Note varchar(20), DateTStamp timestamp"
                                    + " NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()) ENGINE=MyISAM",
                            "INSERT INTO " + table + " SELECT seq, 'a', '2026-01-01' FROM seq_1_to_10");
        }
        // A load that is left out since nothing changed does not count.
        fixture.tables("defaults: {skip_unchanged: false}\nadjustment:\nallergy:\nclaim:\npatient:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void withoutLoadsTheFiguresAreNull() {
        JarRun.of(fixture.environment(), "init");
        assertThat(figure("tracking_coverage_percent")).isEqualTo("0.00");
        for (String rate : List.of(
                "incremental_success_rate_percent",
                "data_capture_rate_percent",
                "time_saved_percent",
                "duplicate_key_error_rate_percent")) {
            assertThat(figure(rate)).as(rate).isEqualTo("∅");
        }
        assertThat(figure("integrity_violations")).isEqualTo("0");
        assertThat(fixture.target().rows(COVERAGE)).containsExactly("4|4|100.00");
        assertThat(fixture.target().rows(DUPLICATES)).isEmpty();
    }

    @Test
    void countsLoadsAndRows() {
        fixture.load("adjustment");
        fixture.load("claim");
        fixture.source()
                .execute(
                        "UPDATE adjustment SET Note = 'b' WHERE Id <= 3",
                        "INSERT INTO adjustment VALUES (11, 'n', NOW())");
        assertThat(fixture.load("adjustment").counts().updated()).isEqualTo(3);
        fixture.load("claim");
        fixture.source().execute("ALTER TABLE claim RENAME TO renamed");
        fixture.load("claim");

        assertThat(figures("tracking_coverage_percent, tracked_tables, configured_tables"))
                .isEqualTo("50.00|2|4");
        assertThat(figures("incremental_success_rate_percent, incremental_loads_succeeded, incremental_loads"))
                .isEqualTo("66.67|2|3");
        assertThat(figures("data_capture_rate_percent, rows_captured, rows_not_captured"))
                .isEqualTo("100.0000|4|0");
        assertThat(figures("duplicate_key_error_rate_percent, loads_with_duplicate_key, loads"))
                .isEqualTo("0.00|0|5");
        assertThat(fixture.target().rows(PERFORMANCE))
                .hasSize(4)
                .anyMatch(row -> row.matches("claim\\|\\S+ \\S+\\|0\\|failed\\|.*"))
                .anyMatch(row -> row.matches("adjustment\\|\\S+ \\S+\\|4\\|success\\|.*"));
    }

    @Test
    void rowsFoundByAComparisonCountAsNotCaptured() {
        fixture.load("adjustment");
        fixture.source().execute("UPDATE adjustment SET Note = 'b' WHERE Id <= 9");
        fixture.load("adjustment");
        fixture.target().execute("DELETE FROM raw.adjustment WHERE \"Id\" = 10");
        fixture.loader().reconcile("adjustment", "a test");

        assertThat(figures("data_capture_rate_percent, rows_captured, rows_not_captured, integrity_violations"))
                .isEqualTo("90.0000|9|1|1");
    }

    @Test
    void savedTimeIsRelativeToTheLastFullLoad() {
        fixture.load("adjustment", LoadRequest.Kind.FULL);
        fixture.load("adjustment");
        fixture.target()
                .execute(
                        "UPDATE raw.etl_table_metrics SET processing_time = 10 WHERE load_type = 'full'",
                        "UPDATE raw.etl_table_metrics SET processing_time = 1 WHERE load_type <> 'full'",
                        "INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, processing_time, success, load_type)"
                                + " VALUES ('x', 'never full', 5, true, 'incremental')");
        assertThat(figures("time_saved_percent, time_saved_seconds")).isEqualTo("90.00|9.000");

        // An adopted table: the change of its schema, its comparison, an increment.
        fixture.target()
                .execute("INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, processing_time, success,"
                        + " load_type, rows_equal) VALUES ('x', 'taken', 1, true, 'adopt', NULL),"
                        + " ('y', 'taken', 10, true, 'adopt', 7), ('z', 'taken', 2, true, 'incremental', NULL),"
                        + " ('f', 'adjustment', 99, true, 'adopt', 7)");
        assertThat(figures("time_saved_percent, time_saved_seconds")).isEqualTo("85.00|17.000");
    }

    @Test
    void aLoadThatFailsByDuplicateKeyIsFoundByTheUsersQuery() {
        JarRun.of(fixture.environment(), "init");
        fixture.target()
                .execute(
                        "CREATE TABLE raw.claim (\"Id\" bigint, \"Note\" text, \"DateTStamp\" timestamp)",
                        "INSERT INTO raw.claim VALUES (1, 'twice', now()), (1, 'twice', now())");
        fixture.load("adjustment");
        fixture.load("claim");
        assertThat(fixture.target().rows(DUPLICATES)).singleElement().satisfies(row -> assertThat(row)
                .matches("claim\\|1\\|\\d{4}-.*"));
        assertThat(figures("duplicate_key_error_rate_percent, loads_with_duplicate_key, loads"))
                .isEqualTo("50.00|1|2");
    }

    @Test
    void everyFigureIsAMeter() throws Exception {
        fixture.withMeters().load("adjustment");
        assertThat(fixture.target()
                        .rows("SELECT attname FROM pg_attribute WHERE attrelid = 'raw.etl_monitoring'::regclass"
                                + " AND attnum > 0 ORDER BY attnum"))
                .isEqualTo(Monitoring.FIGURES);
        ObjectName coverage = new ObjectName("metrics:name=etlMonitoringTrackingCoveragePercent,type=gauges");
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(coverage, "Value"))
                .isEqualTo(25.0);
        ObjectName rate = new ObjectName("metrics:name=etlMonitoringDataCaptureRatePercent,type=gauges");
        assertThat((Double) ManagementFactory.getPlatformMBeanServer().getAttribute(rate, "Value"))
                .isNaN();
    }

    private String figure(String column) {
        return figures(column);
    }

    private String figures(String columns) {
        return fixture.target()
                .rows("SELECT " + columns + " FROM raw.etl_monitoring")
                .get(0);
    }
}
