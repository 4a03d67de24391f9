package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.JarRun;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code init} makes every configured table known, and loses nothing of what was there. */
class InitIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY) ENGINE=MyISAM",
                        "CREATE TABLE code (Id int NOT NULL PRIMARY KEY) ENGINE=MyISAM");
        fixture.tables("visit:\ncode:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anEmptyTargetGetsARowForEveryTable() {
        JarRun init = JarRun.of(fixture.environment(), "init");

        assertThat(init.exitCode()).as(init.toString()).isZero();
        assertThat(init.out())
                .contains(
                        "ALTER ROLE CURRENT_USER IN DATABASE",
                        "For another role, run as an administrator: ALTER ROLE <role> IN DATABASE",
                        "Created 2 tracking rows; 2 tables are configured.");
        assertThat(tables()).contains("etl_load_status", "etl_table_metrics", "etl_dead_letter");
        assertThat(fixture.target()
                        .rows("SELECT table_name, load_status, last_loaded, rows_loaded"
                                + " FROM raw.etl_load_status ORDER BY 1"))
                .containsExactly("code|pending|∅|0", "visit|pending|∅|0");
        assertSecondRunDoesNothing();
        assertThat(backups()).isEmpty();
    }

    /** Of a version before the last migration; it is not Flyway alone that says so. */
    @Test
    void olderTrackingTablesAreBroughtUpToDate() {
        fixture.load("visit");
        fixture.target()
                .execute("DROP TABLE raw.etl_loader", "DELETE FROM raw.etl_schema_history WHERE version::int >= 10");

        fixture.tables("visit:\n").load("visit");

        assertThat(tables()).contains("etl_loader");
        assertThat(fixture.target().rows("SELECT version FROM raw.etl_schema_history WHERE version = '10'"))
                .containsExactly("10");
    }

    @Test
    void anExistingTrackingTableIsCopiedAndExtended() {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.etl_load_status (id serial PRIMARY KEY,"
                                + " table_name varchar(255) NOT NULL UNIQUE,"
                                + " last_loaded timestamp, rows_loaded int DEFAULT 0, load_status varchar(50)"
                                + " DEFAULT 'pending', _loaded_at timestamp DEFAULT now(),"
                                + " _created_at timestamp DEFAULT now(), _updated_at timestamp DEFAULT now())",
                        "INSERT INTO raw.etl_load_status (table_name, last_loaded, rows_loaded, load_status,"
                                + " _loaded_at)"
                                + " VALUES ('visit', '2024-01-02 03:04:05', 17, 'success', '2024-01-02 03:04:06'),"
                                + " ('another', '2023-01-01', 5, 'failed', '2023-01-01')");
        String users = "id, table_name, last_loaded, rows_loaded, load_status, _loaded_at, _created_at, _updated_at";
        List<String> before =
                fixture.target().rows("SELECT " + users + " FROM raw.etl_load_status ORDER BY table_name");

        JarRun init = JarRun.of(fixture.environment(), "init");

        assertThat(init.exitCode()).as(init.toString()).isZero();
        assertThat(init.out())
                .containsPattern("Backed up as raw\\.etl_load_status_backup_\\d{8}_\\d{6}\\R")
                .contains("Created 1 tracking rows; 2 tables are configured.");
        assertThat(backups()).hasSize(1);
        assertThat(fixture.target().rows("SELECT * FROM raw." + backups().get(0) + " ORDER BY table_name"))
                .isEqualTo(before);
        assertThat(fixture.target()
                        .rows("SELECT " + users
                                + " FROM raw.etl_load_status WHERE table_name <> 'code' ORDER BY table_name"))
                .isEqualTo(before);
        assertThat(fixture.status("code", "load_status, last_loaded, rows_loaded"))
                .isEqualTo("pending|∅|0");
        assertSecondRunDoesNothing();
        assertThat(backups()).hasSize(1);
    }

    @Test
    void aLongerListGetsTheMissingRowsAfterABackup() {
        fixture.tables("visit:\n");
        JarRun.of(fixture.environment(), "init");
        fixture.tables("visit:\ncode:\n");

        JarRun init = JarRun.of(fixture.environment(), "init");

        assertThat(init.out()).contains("Created 1 tracking rows; 2 tables are configured.");
        assertThat(backups()).hasSize(1);
        assertThat(fixture.target()
                        .rows("SELECT table_name FROM raw." + backups().get(0)))
                .containsExactly("visit");
    }

    @Test
    void anOlderTrackingTableMayLackAUniqueKey() {
        olderTracking("");
        JarRun init = JarRun.of(fixture.environment(), "init");
        assertThat(init.exitCode()).as(init.toString()).isZero();
        assertSecondRunDoesNothing();
    }

    @Test
    void twoRowsForOneTableAreNamedAndNothingIsChanged() {
        olderTracking("");
        fixture.target().execute("INSERT INTO raw.etl_load_status (table_name) VALUES ('visit')");
        JarRun init = JarRun.of(fixture.environment(), "init");
        assertThat(init.exitCode()).isEqualTo(1);
        assertThat(init.err())
                .contains("has several rows for visit; keep one of each", "DELETE FROM raw.etl_load_status a");
        assertThat(tables()).containsExactly("etl_load_status");
    }

    @Test
    void theStatementsCanBeRunByPsqlAndMoreThanOnce() {
        olderTracking("UNIQUE");
        JarRun printed = JarRun.of(fixture.environment(), "init", "--sql");
        assertThat(printed.exitCode()).as(printed.toString()).isZero();
        assertThat(tables()).containsExactly("etl_load_status");
        assertThat(printed.out())
                .contains("-- Found the tracking table raw.etl_load_status of another loader", "BEGIN;", "COMMIT;");

        fixture.target().execute(printed.out());
        fixture.target().execute(printed.out().replaceAll("(?m)^CREATE TABLE .*_backup_.*$", ""));
        assertThat(fixture.target().rows("SELECT table_name, load_status FROM raw.etl_load_status ORDER BY 1"))
                .containsExactly("code|pending", "visit|success");
        assertSecondRunDoesNothing();
        assertThat(backups()).hasSize(1);
    }

    @Test
    void undoRestoresTheTables() {
        olderTracking("UNIQUE");
        fixture.target()
                .execute(
                        "CREATE VIEW raw.stg_etl_load_status AS SELECT * FROM raw.etl_load_status",
                        "CREATE TABLE raw.etl_table_metrics (id serial, pipeline_id varchar(50) NOT NULL, table_name"
                                + " varchar(100) NOT NULL, rows_processed integer DEFAULT 0, processing_time double"
                                + " precision, success boolean DEFAULT true, error text, \"timestamp\" timestamp,"
                                + " created_at timestamp DEFAULT CURRENT_TIMESTAMP)",
                        "INSERT INTO raw.etl_table_metrics (pipeline_id, table_name) VALUES ('old', 'visit')");
        String everything = "SELECT table_name, column_name, data_type, column_default, is_nullable FROM"
                + " information_schema.columns WHERE table_schema = 'raw' AND table_name NOT LIKE '%backup%' ORDER BY 1, 2";
        List<String> before = fixture.target().rows(everything);
        List<String> rows = fixture.target().rows("SELECT * FROM raw.stg_etl_load_status");
        JarRun.of(fixture.environment(), "init");
        fixture.source().execute("ALTER TABLE code DROP PRIMARY KEY");
        JarRun.of(fixture.environment(), "once");
        assertThat(fixture.target()
                        .rows("SELECT DISTINCT pipeline_id FROM raw.etl_table_metrics WHERE"
                                + " load_type IS NULL AND \"timestamp\" IS NOT NULL"))
                .containsExactly("not begun");
        fixture.target()
                .execute("DROP TABLE raw.visit", "CREATE VIEW public.open_keys AS SELECT key FROM raw.etl_dead_letter");
        JarRun used = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(used.exitCode()).isEqualTo(1);
        assertThat(used.err()).contains("public.open_keys; drop them").doesNotContain("stg_etl_load_status");
        fixture.target().execute("DROP VIEW public.open_keys");

        JarRun undo = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(undo.exitCode()).as(undo.toString()).isZero();
        assertThat(undo.out()).contains("Restored etl_load_status from raw.etl_load_status_backup_");
        assertThat(fixture.target().rows(everything)).isEqualTo(before);
        assertThat(fixture.target().rows("SELECT * FROM raw.stg_etl_load_status"))
                .isEqualTo(rows);
        assertThat(fixture.target().rows("SELECT pipeline_id FROM raw.etl_table_metrics"))
                .containsExactly("old");
        assertThat(fixture.target().rows("SELECT current_setting('search_path')"))
                .containsExactly("\"$user\", public");

        fixture.target().execute("UPDATE raw.etl_load_status SET rows_loaded = 100");
        JarRun again = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("does not belong to this loader: nothing to undo");
        assertThat(fixture.target().rows("SELECT rows_loaded FROM raw.etl_load_status"))
                .containsExactly("100");
    }

    @Test
    void undoNamesTheChangesThatStay() {
        olderTracking("UNIQUE");
        fixture.source().execute("ALTER TABLE visit ADD COLUMN Note int", "INSERT INTO visit VALUES (1, 1), (2, 2)");
        fixture.target()
                .execute("CREATE TABLE raw.visit (\"Id\" int NOT NULL)", "INSERT INTO raw.visit VALUES (1), (9)");
        JarRun once = JarRun.of(fixture.environment(), "once");
        assertThat(once.exitCode()).as(once.toString()).isZero();

        JarRun undo = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(undo.out())
                .containsSubsequence(
                        "These changes of data tables stay:",
                        "  visit: this loader inserted 1, updated 1 and deleted 1 rows; their earlier values were not"
                                + " kept",
                        "  visit: stays as changed by ALTER TABLE \"raw\".\"visit\" ADD COLUMN \"Note\" integer",
                        "  visit: stays as changed by CREATE UNIQUE INDEX ")
                .doesNotContain("code: this loader");
    }

    /** As dumped from a warehouse: without two of the times, and what has a default may be NULL. */
    @Test
    void anOlderTrackingTableMayLackColumns() {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.etl_load_status (id int GENERATED ALWAYS AS IDENTITY, table_name varchar(255)"
                                + " NOT NULL UNIQUE, last_primary_value varchar(255), primary_column_name varchar(255),"
                                + " rows_loaded int DEFAULT 0, load_status varchar(50) DEFAULT 'pending',"
                                + " _loaded_at timestamp DEFAULT CURRENT_TIMESTAMP)",
                        "INSERT INTO raw.etl_load_status (table_name, rows_loaded, load_status, _loaded_at)"
                                + " VALUES ('visit', NULL, NULL, NULL)",
                        "ALTER DATABASE " + fixture.target().value("SELECT current_database()")
                                + " SET search_path = raw, public");
        String row = "SELECT * FROM raw.etl_load_status WHERE table_name = 'visit'";
        List<String> before = fixture.target().rows(row);

        for (String command : List.of("init", "once", "status", "verify", "once --full")) {
            JarRun run = JarRun.of(fixture.environment(), command.split(" "));
            assertThat(run.exitCode()).as(command + run).isZero();
        }
        assertThat(fixture.status("visit", "load_status, last_loaded IS NOT NULL"))
                .isEqualTo("success|t");
        JarRun undo = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(undo.exitCode()).as(undo.toString()).isZero();
        assertThat(fixture.target().rows(row)).isEqualTo(before);
        assertThat(fixture.target().rows("SELECT current_setting('search_path')"))
                .containsExactly("raw, public");
    }

    @Test
    void undoNeedsACopyToRestore() {
        JarRun.of(fixture.environment(), "init");
        JarRun nothing = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("nothing to undo");

        assertThat(JarRun.of(fixture.environment(), "init", "--undo", "--sql").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aLoadWithoutInitMakesTheBackupToo() {
        olderTracking("UNIQUE");
        assertThat(JarRun.of(fixture.environment(), "once").exitCode()).isZero();
        assertThat(backups()).hasSize(1);
    }

    private void olderTracking(String unique) {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.etl_load_status (id serial PRIMARY KEY, table_name varchar(255) NOT NULL "
                                + unique + ", last_loaded timestamp NOT NULL DEFAULT '1969-01-01 00:00:00',"
                                + " last_primary_value varchar(255), primary_column_name varchar(255),"
                                + " rows_loaded integer DEFAULT 0, load_status varchar(50) DEFAULT 'pending',"
                                + " _loaded_at timestamp DEFAULT CURRENT_TIMESTAMP, _created_at timestamp DEFAULT"
                                + " CURRENT_TIMESTAMP, _updated_at timestamp DEFAULT CURRENT_TIMESTAMP)",
                        "INSERT INTO raw.etl_load_status (table_name, last_loaded, last_primary_value,"
                                + " primary_column_name, rows_loaded, load_status)"
                                + " VALUES ('visit', '2024-05-06', '1234', 'Id', 99, 'success')");
    }

    private void assertSecondRunDoesNothing() {
        List<String> before = fixture.target().rows("SELECT * FROM raw.etl_load_status ORDER BY id");
        JarRun again = JarRun.of(fixture.environment(), "init");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out())
                .isEqualToIgnoringNewLines("Nothing to create: all 2 configured tables have a tracking row.");
        assertThat(fixture.target().rows("SELECT * FROM raw.etl_load_status ORDER BY id"))
                .isEqualTo(before);
    }

    private List<String> tables() {
        return fixture.target().rows("SELECT tablename FROM pg_tables WHERE schemaname = 'raw' ORDER BY 1");
    }

    private List<String> backups() {
        return tables().stream().filter(name -> name.contains("backup")).toList();
    }
}
