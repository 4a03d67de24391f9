package io.postgresloader.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.LoaderFixture;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that the command wrote follow the tables of a real loader over three cycles. */
class StagingLoadsIT {
    private static final String TABLES =
            """
            claim: {incremental_columns: [SecDateTEdit]}
            note: {deletes: mark}
            link:
            """;
    private static final List<String> NAMES = List.of("claim", "note", "link");

    /** As projects have it: by the source's edit time. */
    private static final String BY_EDIT_TIME =
            """
            {{ config(materialized='incremental', unique_key=['"ClaimNum"']) }}
            select * from {{ source('raw', 'claim') }}
            {% if is_incremental() %}where "SecDateTEdit" > (select max("SecDateTEdit") from {{ this }}){% endif %}
            """;

    private final LoaderFixture fixture = new LoaderFixture(TestServers.source(), TestServers.postgres());

    @TempDir
    Path directory;

    private DbtRun dbt;

    @BeforeEach
    void practice() {
        fixture.source()
                .execute(
                        "CREATE TABLE claim (ClaimNum bigint PRIMARY KEY, Fee int, SecDateTEdit datetime)",
                        "CREATE TABLE note (Id int PRIMARY KEY, Note varchar(20))",
                        "CREATE TABLE link (A int, B varchar(10), C int, PRIMARY KEY (A, B))",
                        "INSERT INTO claim SELECT seq, seq, '2026-01-01' + INTERVAL seq HOUR FROM seq_1_to_30",
                        "INSERT INTO note SELECT seq, 'a' FROM seq_1_to_5",
                        "INSERT INTO link SELECT seq, CONCAT('it''s', seq), 0 FROM seq_1_to_5");
        fixture.tables(TABLES);
        NAMES.forEach(fixture::load);
        fixture.target().execute("CREATE SCHEMA stg");
        dbt = new DbtRun(fixture.target(), "raw", "stg");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A project that is built before the first load; the macro may also run after it. */
    @Test
    void theLoaderGoesOnWithTheTablesOfTheMacro() {
        fixture.stop();
        fixture.target().execute("DROP SCHEMA raw CASCADE");
        dbt.render("{{ create_tracking_tables('raw') }}");
        dbt.render("{{ create_etl_tracking_tables() }}");
        assertThat(fixture.target().rows("SELECT table_name FROM raw.etl_load_status"))
                .isEmpty();

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isZero();
        dbt.render("{{ create_tracking_tables('raw') }}");
        assertThat(fixture.target()
                        .rows("SELECT table_name, state, stamped_up_to IS NOT NULL FROM raw.etl_freshness ORDER BY 1"))
                .containsExactly("claim|success|t", "link|success|t", "note|success|t");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_table_metrics WHERE success"))
                .isEqualTo(3);
    }

    @Test
    void modelsEndEqualToRawAndThoseByEditTimeLoseRows() throws IOException {
        JarRun written = JarRun.of(fixture.environment(), "dbt", "--staging", "--output", directory.toString());
        assertThat(written.err()).isEmpty();
        build();
        assertEqual();

        fixture.source()
                .execute(
                        "INSERT INTO claim VALUES (31, 31, '2020-01-01')",
                        "UPDATE claim SET Fee = 100 WHERE ClaimNum = 3",
                        "UPDATE claim SET Fee = 200, SecDateTEdit = '2026-03-01' WHERE ClaimNum = 4",
                        "DELETE FROM claim WHERE ClaimNum IN (5, 30)",
                        "DELETE FROM note WHERE Id < 3",
                        "DELETE FROM link WHERE A = 1",
                        "UPDATE link SET C = 7 WHERE A = 2");
        fixture.target().execute("UPDATE raw.claim SET \"Fee\" = -1 WHERE \"ClaimNum\" = 6");
        cycle();

        fixture.source()
                .execute(
                        "INSERT INTO claim VALUES (5, 55, '2019-01-01')",
                        "INSERT INTO note VALUES (1, 'again')",
                        "INSERT INTO link VALUES (1, 'it''s1', 9)",
                        "DELETE FROM claim WHERE ClaimNum = 31");
        cycle();

        assertThat(differences("by_edit_time", "claim")).isPositive();
        assertThat(fixture.target().count("SELECT count(*) FROM stg.stg_note")).isEqualTo(4);
    }

    private void cycle() throws IOException {
        NAMES.forEach(fixture::load);
        build();
        assertEqual();
        NAMES.forEach(fixture::repair);
        build();
        assertEqual();
    }

    private void build() throws IOException {
        for (String name : NAMES) {
            dbt.build("stg_" + name, Files.readString(directory.resolve("stg_" + name + ".sql")));
        }
        dbt.build("by_edit_time", BY_EDIT_TIME);
    }

    private void assertEqual() {
        NAMES.forEach(
                name -> assertThat(differences("stg_" + name, name)).as(name).isZero());
    }

    /** Rows that only one side has. */
    private long differences(String model, String table) {
        Database target = fixture.target();
        String columns = target.value("SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                + " WHERE attrelid = 'raw." + table + "'::regclass AND attnum > 0 AND NOT attisdropped");
        String raw = "SELECT " + columns + " FROM raw." + table
                + Map.of("note", " WHERE _deleted_at IS NULL").getOrDefault(table, "");
        String stage = "SELECT " + columns + " FROM stg." + model;
        return target.count("SELECT count(*) FROM ((" + raw + " EXCEPT " + stage + ") UNION ALL (" + stage + " EXCEPT "
                + raw + ")) d");
    }
}
