package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.data.DemoSource;
import io.postgresloader.demo.data.OpenDentalSchema;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A warehouse as the former job leaves it: booleans guessed from numbers, stale rows, rows of patients long deleted, ten
 * tables with too few rows, and one tracking row in all.
 */
class WarehouseIT {
    private static final OpenDentalSchema SCHEMA = OpenDentalSchema.load();

    /** Of the rows of the ten largest tables, 16.2 million in a practice, 484,831 never arrived. */
    private static final String NEVER_ARRIVED = " % 100 IN (13, 57, 91)";

    private final LoaderFixture fixture = new LoaderFixture();
    private final Database source = fixture.source();
    private final Database target = fixture.target();

    @BeforeEach
    void formerJob() throws IOException {
        for (String table : SCHEMA.tables()) {
            source.execute(SCHEMA.createTable(table, "MyISAM"), DemoSource.insert(SCHEMA, table, rows(table)));
            List<String> numbers = numbers(table);
            if (!numbers.isEmpty()) {
                source.execute("UPDATE `" + table + "` SET "
                        + numbers.stream()
                                .map(column -> "`" + column + "` = `" + column + "` & 1")
                                .collect(Collectors.joining(", ")));
            }
        }
        fixture.tables(Files.readString(Path.of("config", "tables.yml")));
        assertThat(JarRun.of(fixture.environment(), "once").exitCode()).isZero();
        target.execute(
                "DROP TABLE raw.etl_load_status, raw.etl_table_metrics, raw.etl_dead_letter, raw.etl_schema_version,"
                        + " raw.etl_schema_history CASCADE");
        SCHEMA.tables().forEach(this::age);
        largest()
                .forEach(table ->
                        target.execute("DELETE FROM raw." + table + " WHERE \"" + key(table) + "\"" + NEVER_ARRIVED));
        target.execute(
                "CREATE VIEW raw.patients AS SELECT * FROM raw.patient",
                "CREATE TABLE raw.etl_load_status (id serial PRIMARY KEY, table_name varchar(255) NOT NULL UNIQUE,"
                        + " last_loaded timestamp NOT NULL DEFAULT '1969-01-01 00:00:00', last_primary_value"
                        + " varchar(255), primary_column_name varchar(255), rows_loaded integer DEFAULT 0,"
                        + " load_status varchar(50) DEFAULT 'pending', _loaded_at timestamp DEFAULT CURRENT_TIMESTAMP,"
                        + " _created_at timestamp DEFAULT CURRENT_TIMESTAMP, _updated_at timestamp DEFAULT"
                        + " CURRENT_TIMESTAMP)",
                "INSERT INTO raw.etl_load_status (table_name, last_loaded, last_primary_value, primary_column_name,"
                        + " rows_loaded, load_status) VALUES ('securitylog', now(), '3696927', 'SecurityLogNum', 86870,"
                        + " 'success')",
                "CREATE VIEW raw.stg_load_status AS SELECT table_name, last_loaded FROM raw.etl_load_status");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Tag(Extent.SLOW)
    @Test
    void becomesEqualToTheSourceAndCanBeRestored() throws IOException {
        List<String> objects = target.rows("SELECT oid, relname FROM pg_class WHERE relname IN ('patients', 'patient',"
                + " 'stg_load_status', 'etl_load_status') ORDER BY 2");
        List<String> booleans = booleans();
        assertThat(booleans).hasSizeGreaterThan(100);

        JarRun init = JarRun.of(fixture.environment(), "init");
        assertThat(init.exitCode()).as(init.toString()).isZero();
        assertThat(init.out())
                .contains("(with last_primary_value), 1 rows", "93 of the configured tables are in the target already");
        source.execute("UPDATE patient SET LName = 'Changed' WHERE PatNum = 3", "DELETE FROM patient WHERE PatNum = 4");
        JarRun once = JarRun.of(fixture.environment(), "once");
        assertThat(once.exitCode()).as(once.toString()).isZero();

        for (String table : SCHEMA.tables()) {
            assertThat(Canonical.differences(source, target, table)).as(table).isEmpty();
        }
        assertThat(booleans()).isEqualTo(booleans);
        assertThat(target.rows("SELECT oid, relname FROM pg_class WHERE relname IN ('patients', 'patient',"
                        + " 'stg_load_status', 'etl_load_status') ORDER BY 2"))
                .isEqualTo(objects);
        assertThat(target.rows("SELECT load_status, verify_result, count(*) FROM raw.etl_load_status"
                        + " WHERE proven_at IS NOT NULL GROUP BY 1, 2"))
                .containsExactly("success|repaired|93");
        assertThat(target.count("SELECT sum(rows_missing) FROM raw.etl_table_metrics WHERE load_type = 'adopt'"))
                .isEqualTo(largest().stream()
                        .mapToLong(table -> rows(table) / 100 * 3)
                        .sum());

        target.execute(guided("CREATE TABLE raw.etl_left_off"));
        JarRun undo = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(undo.exitCode()).as(undo.toString()).isZero();
        assertThat(target.rows("SELECT table_name, last_primary_value, rows_loaded FROM raw.etl_load_status"))
                .containsExactly("securitylog|3696927|86870");
        assertThat(target.rows("SELECT table_name FROM raw.stg_load_status")).containsExactly("securitylog");
        target.execute(guided("UPDATE raw.etl_load_status"));
        assertThat(target.value("SELECT last_primary_value FROM raw.etl_load_status"))
                .isEqualTo(source.value("SELECT max(SecurityLogNum) FROM securitylog"));
        assertThat(target.value("SELECT last_loaded AT TIME ZONE 'America/Chicago' FROM raw.etl_load_status"))
                .isEqualTo(target.value("SELECT last_loaded AT TIME ZONE 'UTC' FROM raw.etl_left_off"
                        + " WHERE table_name = 'securitylog'"));
    }

    /** The statements of the guide that begin so, in a block of their own. */
    private static String guided(String beginning) throws IOException {
        return Stream.of(Files.readString(Path.of("src", "site", "markdown", "from-the-python-pipeline.md"))
                        .split("```"))
                .filter(block -> block.strip().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** Guesses booleans, lets rows go stale, and keeps rows that were deleted. */
    private void age(String table) {
        List<String> statements = new ArrayList<>();
        numbers(table)
                .forEach(column -> statements.add("ALTER TABLE raw." + table + " ALTER COLUMN \"" + column
                        + "\" TYPE boolean USING \"" + column + "\" <> 0"));
        String key = key(table);
        List<String> columns = target.rows("SELECT quote_ident(column_name) FROM information_schema.columns WHERE"
                + " table_schema = 'raw' AND table_name = '" + table + "' AND column_name <> '" + key + "'");
        String list = columns.isEmpty() ? "" : ", " + String.join(", ", columns);
        statements.add("INSERT INTO raw." + table + " (\"" + key + "\"" + list + ") SELECT \"" + key + "\" + 1000000"
                + list + " FROM raw." + table + " WHERE \"" + key + "\" % 100 = 7");
        target.rows("SELECT column_name FROM information_schema.columns WHERE table_schema = 'raw' AND table_name = '"
                        + table + "' AND data_type = 'text' LIMIT 1")
                .forEach(column -> statements.add(
                        "UPDATE raw." + table + " SET \"" + column + "\" = 'stale' WHERE \"" + key + "\" % 50 = 11"));
        target.execute(statements.toArray(String[]::new));
    }

    /** The numbers of every other table that the former job took for booleans. */
    private List<String> numbers(String table) {
        return SCHEMA.tables().indexOf(table) % 2 == 0
                ? source.rows("SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND table_name = '" + table + "' AND data_type = 'tinyint'")
                : List.of();
    }

    private List<String> booleans() {
        return target.rows("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'raw'"
                + " AND data_type = 'boolean' AND table_name NOT LIKE 'etl%' ORDER BY 1, 2");
    }

    private String key(String table) {
        return source.value("SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                + " AND table_name = '" + table + "' AND column_key = 'PRI'");
    }

    private static List<String> largest() {
        return SCHEMA.tables().stream()
                .sorted(Comparator.comparing(SCHEMA::estimatedRows).reversed())
                .limit(10)
                .toList();
    }

    private static long rows(String table) {
        return Math.max(50, Math.min(2000, SCHEMA.estimatedRows(table) / 1000 * 100));
    }
}
