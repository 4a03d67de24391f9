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
        assertThat(init.out()).isEqualToIgnoringNewLines("Created 2 tracking rows; 2 tables are configured.");
        assertThat(tables()).contains("etl_load_status", "etl_table_metrics", "etl_dead_letter");
        assertThat(fixture.target()
                        .rows("SELECT table_name, load_status, last_loaded, rows_loaded"
                                + " FROM raw.etl_load_status ORDER BY 1"))
                .containsExactly("code|pending|∅|0", "visit|pending|∅|0");
        assertSecondRunDoesNothing();
        assertThat(backups()).isEmpty();
    }

    @Test
    void aTableOfTheUsersIsCopiedAndExtended() {
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
                .containsPattern("Backed up etl_load_status as raw\\.etl_load_status_backup_\\d{8}_\\d{6}\\R")
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
    void aTableListThatGrewGetsTheMissingRowsAfterAnotherBackup() {
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

    private void assertSecondRunDoesNothing() {
        List<String> before = fixture.target().rows("SELECT * FROM raw.etl_load_status ORDER BY id");
        JarRun again = JarRun.of(fixture.environment(), "init");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out())
                .isEqualToIgnoringNewLines("Nothing to do: all 2 configured tables have a tracking row.");
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
