package io.postgresloader.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The generated models, rendered by a real Jinja engine and run on a real PostgreSQL, follow tables whose rows are stamped
 * and deleted as loads do it: late rows, repairs, deletes, tables that are replaced.
 */
class StagingRunsIT {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final String ADJUSTMENT = new StagingModel("raw", DbtTables.ADJUSTMENT).sql();
    private static final String LINK = new StagingModel("raw", DbtTables.LINK).sql();
    private static final String LINK_ROWS = "SELECT \"A b\", \"B\"\"c\", _loaded_at FROM ";
    private static final String LINK_TABLE = "raw.\"fee's \"\"link\"\"\"";

    /** As projects have it: by the source's edit time, against the clock of the last build. */
    private static final String BY_EDIT_TIME =
            """
            {{ config(materialized='incremental', unique_key=['"AdjNum"']) }}
            select *, clock_timestamp() as built_at from {{ source('raw', 'adjustment') }}
            {% if is_incremental() %}where "SecDateTEdit" > (select max("SecDateTEdit") from {{ this }}){% endif %}
            """;

    private Database target;
    private DbtRun dbt;

    @BeforeEach
    void warehouse() throws SQLException {
        String name = "dbt_" + NUMBER.incrementAndGet();
        EmbeddedPostgresServer server = TestServers.postgres();
        server.createDatabase(name);
        target = new Database(server.jdbcUrl(name), EmbeddedPostgresServer.USER, "");
        target.execute(
                "CREATE SCHEMA raw",
                "CREATE SCHEMA stg",
                "CREATE TABLE raw.etl_load_status (table_name text PRIMARY KEY, stamped_up_to timestamptz)",
                "CREATE TABLE raw.etl_deleted_row (id bigserial PRIMARY KEY, table_name text NOT NULL, key jsonb,"
                        + " deleted_at timestamptz NOT NULL)",
                "CREATE TABLE raw.adjustment (\"AdjNum\" bigint PRIMARY KEY, \"AdjAmt\" numeric(10,2), \"AdjDate\" date,"
                        + " \"SecDateTEdit\" timestamp(0), _loaded_at timestamptz NOT NULL DEFAULT now())",
                "CREATE TABLE " + LINK_TABLE + " (\"A b\" int, \"B\"\"c\" varchar(20), _deleted_at timestamptz,"
                        + " _loaded_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (\"A b\", \"B\"\"c\"))",
                "INSERT INTO raw.etl_load_status VALUES ('adjustment', now()), ('fee''s \"link\"', now())",
                "CREATE VIEW raw.etl_freshness AS SELECT table_name, stamped_up_to, now() - interval '10 minutes' AS"
                        + " loaded_up_to, now() - interval '2 days' AS complete_up_to, 3 AS open_dead_letters, 'success' AS"
                        + " state FROM raw.etl_load_status");
        dbt = new DbtRun(target, "raw", "stg");
    }

    @Test
    void threeCyclesEndEqualToRawAndThoseByEditTimeLoseRows() throws SQLException {
        load("INSERT INTO raw.adjustment SELECT n, n, '2026-01-01', '2026-01-01'::timestamp + n * interval '1 hour', $"
                + " FROM generate_series(1, 10) n");
        build();
        assertThat(differences("stg_adjustment")).isZero();
        assertThat(differences("by_edit_time")).isZero();

        // A row that arrived late, an edit that the edit time does not show, deletes, one of the greatest stamp.
        load("INSERT INTO raw.adjustment VALUES (11, 11, '2025-12-01', '2025-12-01', $)");
        load("UPDATE raw.adjustment SET \"AdjAmt\" = 500, _loaded_at = $ WHERE \"AdjNum\" = 5");
        delete("3");
        delete("4");
        load("INSERT INTO raw.adjustment VALUES (4, 40, '2026-01-01', '2025-11-01', $)");
        load("INSERT INTO raw.adjustment VALUES (12, 12, '2026-01-12', '2026-01-12', $)");
        delete("12");
        build();
        assertThat(differences("stg_adjustment")).isZero();
        assertThat(differences("by_edit_time"))
                .as("late row, repair, deleted row, row that came again")
                .isEqualTo(6);

        // A load that has its stamp and has not committed while the model is read; a delete between read and hook.
        Connection late = target.begin("UPDATE raw.etl_load_status SET stamped_up_to = stamped_up_to + interval '1"
                + " microsecond' WHERE table_name = 'adjustment'");
        late.createStatement()
                .execute("INSERT INTO raw.adjustment SELECT 13, 13, '2024-01-01', '2024-01-01', stamped_up_to FROM"
                        + " raw.etl_load_status WHERE table_name = 'adjustment'");
        dbt.build("stg_adjustment", ADJUSTMENT, () -> {
            try {
                late.commit();
                late.close();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            delete("7");
            load("INSERT INTO raw.adjustment VALUES (14, 14, '2026-01-12', '2026-01-12', $)");
        });
        build();
        assertThat(differences("stg_adjustment")).isZero();

        // A table that was created again, and a row of another program: the feed does not name what was deleted.
        load("DELETE FROM raw.adjustment");
        load("INSERT INTO raw.adjustment SELECT n, -n, '2026-02-01', '2026-02-01', $ FROM generate_series(6, 9) n");
        target.execute("INSERT INTO raw.adjustment VALUES (20, 20, '2026-02-01', '2026-02-01', '2020-01-01')");
        load("INSERT INTO raw.etl_deleted_row (table_name, key, deleted_at) VALUES ('adjustment', NULL, $)");
        build();
        assertThat(differences("stg_adjustment")).isZero();
        assertThat(differences("by_edit_time")).isPositive();
        assertThat(target.count("SELECT count(*) FROM stg.stg_adjustment")).isEqualTo(5);
    }

    @Test
    void markedRowsLeaveTheModelAndComeBack() {
        stamped(
                "fee's \"link\"",
                "INSERT INTO " + LINK_TABLE + " SELECT n, 'k' || n, NULL, $ FROM generate_series(1, 5) n");
        dbt.build("stg_link", LINK);
        stamped(
                "fee's \"link\"",
                "UPDATE " + LINK_TABLE + " SET _deleted_at = now(), _loaded_at = $ WHERE \"A b\" < 3");
        dbt.build("stg_link", LINK);
        assertThat(target.rows(LINK_ROWS + "stg.stg_link ORDER BY 1"))
                .isEqualTo(target.rows(LINK_ROWS + LINK_TABLE + " WHERE _deleted_at IS NULL ORDER BY 1"))
                .hasSize(3);

        stamped("fee's \"link\"", "UPDATE " + LINK_TABLE + " SET _deleted_at = NULL, _loaded_at = $ WHERE \"A b\" = 1");
        // Rows that were deleted before the table had its mark.
        stamped("fee's \"link\"", "DELETE FROM " + LINK_TABLE + " WHERE \"A b\" = 5");
        stamped(
                "fee's \"link\"",
                "INSERT INTO raw.etl_deleted_row (table_name, key, deleted_at) VALUES ('fee''s \"link\"',"
                        + " '{\"A b\": \"5\", \"B\\\"c\": \"k5\"}', $)");
        dbt.build("stg_link", LINK);
        assertThat(target.rows(LINK_ROWS + "stg.stg_link ORDER BY 1"))
                .isEqualTo(target.rows(LINK_ROWS + LINK_TABLE + " WHERE _deleted_at IS NULL ORDER BY 1"))
                .hasSize(3);
    }

    @Test
    void aTableWithoutStampsIsAViewAndOneThatLostThemIsNamed() {
        target.execute("CREATE TABLE raw.provider (\"ProvNum\" bigint PRIMARY KEY, _deleted_at timestamptz)");
        dbt.build("stg_provider", new StagingModel("raw", DbtTables.UNSTAMPED).sql());
        target.execute("INSERT INTO raw.provider VALUES (1, NULL), (2, now())");
        assertThat(target.rows("SELECT \"ProvNum\" FROM stg.stg_provider")).containsExactly("1");

        target.execute("UPDATE raw.etl_load_status SET stamped_up_to = NULL");
        assertThatThrownBy(() -> dbt.build("stg_adjustment", ADJUSTMENT))
                .hasMessageContaining("table adjustment has no row stamps in raw.etl_freshness: load it");
    }

    @ParameterizedTest
    @CsvSource({
        "'''1 hour''', true",
        "'''5 minutes''', false",
        "'none, ''3 days''', true",
        "'none, ''1 day''', false",
        "'none, none, 3', true",
        "'none, none, 2', false"
    })
    void aTableIsFreshEnoughOrTheRunFails(String arguments, boolean fresh) {
        assertThat(target.rows(dbt.render("{{ fresh_enough(source('raw', 'adjustment'), " + arguments + ") }}")))
                .hasSize(fresh ? 0 : 1);
        assertThat(target.rows(dbt.render("{{ test_fresh_enough(source('raw', 'never'), " + arguments + ") }}")))
                .hasSize(1);
        String required = "{{ require_fresh('raw', ['adjustment'], " + arguments + ") }}";
        if (fresh) {
            assertThat(dbt.render(required)).isBlank();
        } else {
            assertThatThrownBy(() -> dbt.render(required))
                    .hasMessageStartingWith("table adjustment is not fresh enough");
        }
    }

    private void build() {
        dbt.build("stg_adjustment", ADJUSTMENT);
        dbt.build("by_edit_time", BY_EDIT_TIME);
    }

    /** Rows that only one side has. */
    private long differences(String model) {
        String columns = "\"AdjNum\", \"AdjAmt\", \"AdjDate\", \"SecDateTEdit\", _loaded_at";
        String raw = "SELECT " + columns + " FROM raw.adjustment";
        String stage = "SELECT " + columns + " FROM stg." + model;
        return target.count("SELECT count(*) FROM ((" + raw + " EXCEPT " + stage + ") UNION ALL (" + stage + " EXCEPT "
                + raw + ")) d");
    }

    private void load(String statement) {
        stamped("adjustment", statement);
    }

    private void delete(String key) {
        load("WITH deleted AS (DELETE FROM raw.adjustment WHERE \"AdjNum\" = " + key + " RETURNING \"AdjNum\")"
                + " INSERT INTO raw.etl_deleted_row (table_name, key, deleted_at)"
                + " SELECT 'adjustment', jsonb_build_object('AdjNum', \"AdjNum\"::text), $ FROM deleted");
    }

    /** As a load writes: under the lock of the status row, with a stamp that is later than all before. */
    private void stamped(String table, String statement) {
        String row = " WHERE table_name = '" + table.replace("'", "''") + "'";
        String stamp = "(SELECT stamped_up_to FROM raw.etl_load_status" + row + ")";
        try (Connection connection = target.begin("UPDATE raw.etl_load_status SET stamped_up_to ="
                + " greatest(now(), stamped_up_to + interval '1 microsecond')" + row)) {
            connection.createStatement().execute(statement.replace("$", stamp));
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError("cannot write", e);
        }
    }
}
