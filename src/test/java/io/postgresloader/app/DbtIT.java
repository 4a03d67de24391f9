package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command: what it writes, keeps, compares and prints, and when it fails. */
class DbtIT {
    private static final LoaderFixture FIXTURE = new LoaderFixture();

    @TempDir
    Path directory;

    @BeforeAll
    static void practice() {
        FIXTURE.source()
                .execute(
                        "CREATE TABLE claim (ClaimNum bigint PRIMARY KEY, Note varchar(50) NOT NULL COMMENT 'Why {{ x }}',"
                                + " SecDateTEdit timestamp NOT NULL) COMMENT = 'What insurances pay'",
                        "CREATE TABLE link (A int, B int, Kind tinyint unsigned, PRIMARY KEY (A, B))",
                        "CREATE TABLE later (Id int PRIMARY KEY)",
                        "INSERT INTO claim VALUES (1, 'secret words', '2026-01-01')");
        FIXTURE.tables("claim:\n  incremental_columns: [SecDateTEdit]\n  schedule: 1h\nlink:\n  deletes: mark\n");
        FIXTURE.load("claim");
        FIXTURE.load("link");
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @BeforeEach
    void list() {
        FIXTURE.tables("claim:\n  incremental_columns: [SecDateTEdit]\n  schedule: 1h\nlink:\n  deletes: mark\n");
    }

    @Test
    void describesAllTablesAndThenFindsNothingToChange() throws IOException {
        JarRun written = dbt("--staging");

        assertThat(written.err()).isEmpty();
        assertThat(written.exitCode()).isZero();
        assertThat(written.out()).isEqualTo("2 tables; wrote 3 files in " + directory + "\n");
        assertThat(sources())
                .contains(
                        "  - name: raw\n    schema: raw\n",
                        "      - name: claim\n        description: What insurances pay\n",
                        "select loaded_up_to from \"raw\".\"etl_freshness\" where table_name = 'claim'",
                        "              count: 3\n              period: hour\n",
                        "          - name: Note\n            data_type: text\n"
                                + "            description: Why {{ '{' }}{ x }}\n            quote: true\n",
                        "          - name: _loaded_at\n            data_type: timestamp with time zone\n",
                        "column_name: row(\"A\", \"B\")::text",
                        "data_type: smallint",
                        "deletes: mark")
                .doesNotContain("secret");
        String before = sources();

        assertThat(dbt("--staging").out()).isEqualTo("2 tables; nothing to change in " + directory + "\n");
        assertThat(dbt("--staging", "--merge").out()).isEqualTo("2 tables; nothing to change in " + directory + "\n");
        assertThat(dbt("--staging", "--check").out()).isEqualTo(directory + " matches the schema of 2 tables.\n");
        assertThat(sources()).isEqualTo(before);
    }

    @Test
    void aChangedSchemaIsReportedAndMerged() throws IOException {
        JarRun early = dbt("--check");
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(early.err()).contains("sources.yml: file: no such file");
        dbt("--staging");
        String edited = sources().replace("description: What insurances pay", "description: Ours # by Anna");
        Files.writeString(directory.resolve("sources.yml"), edited);
        FIXTURE.target().execute("ALTER TABLE raw.claim ADD COLUMN \"Fee\" numeric(8,2)");
        try {
            JarRun check = dbt("--staging", "--check");
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out()).contains("+ claim.Fee\n", "2 differences found.\n");
            assertThat(sources()).isEqualTo(edited);

            JarRun again = dbt();
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(again.err()).contains("sources.yml exists and differs: --merge updates it");
            assertThat(sources()).isEqualTo(edited);

            JarRun merge = dbt("--staging", "--merge");
            assertThat(merge.exitCode()).isZero();
            assertThat(merge.out())
                    .contains(
                            "~ stg_claim.sql: adds \"Fee\"; rows that the model has already keep NULL there until: dbt run"
                                    + " --full-refresh --select stg_claim\n");
            assertThat(sources()).contains("Ours # by Anna", "- name: Fee\n            data_type: numeric(8,2)\n");
            assertThat(dbt("--staging", "--check").exitCode()).isZero();
        } finally {
            FIXTURE.target().execute("ALTER TABLE raw.claim DROP COLUMN \"Fee\"");
        }
    }

    /** A model that relied on the column would miss rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE raw.link ALTER COLUMN _loaded_at DROP DEFAULT",
                "UPDATE raw.etl_load_status SET stamped_up_to = NULL WHERE table_name = 'link'"
            })
    void aColumnThatTheLoaderDoesNotStampMakesNoIncrementalModel(String change) throws IOException {
        dbt("link", "--staging");
        assertThat(directory.resolve("stg_link.sql")).content().contains("materialized='incremental'");
        String stamped =
                FIXTURE.target().value("SELECT stamped_up_to FROM raw.etl_load_status WHERE table_name = 'link'");
        FIXTURE.target().execute(change);
        try {
            dbt("link", "--staging", "--merge");

            assertThat(directory.resolve("stg_link.sql")).content().contains("materialized='view'");
            assertThat(sources()).contains("loaded_at_column: 'off'");
        } finally {
            FIXTURE.target()
                    .execute(
                            "ALTER TABLE raw.link ALTER COLUMN _loaded_at SET DEFAULT now()",
                            "UPDATE raw.etl_load_status SET stamped_up_to = '" + stamped
                                    + "' WHERE table_name = 'link'");
        }
    }

    @Test
    void aTableThatCannotBeDescribedIsNamedAndTheOthersAreWritten() throws IOException {
        FIXTURE.tables("claim:\nlater:\nnone:\n");

        JarRun dbt = dbt();

        assertThat(dbt.exitCode()).isEqualTo(1);
        assertThat(dbt.out()).isEqualTo("1 tables; wrote 1 files in " + directory + "\n");
        assertThat(dbt.err())
                .contains(
                        "table later is left out: the target does not have it; load it first with: once later",
                        "none: the source has no");
        assertThat(sources()).contains("name: claim").doesNotContain("later");
    }

    @Test
    void onlyNamedTablesAreWritten() throws IOException {
        dbt("link", "--source-name", "opendental", "--dbt-version", "1.9");
        assertThat(sources())
                .contains(
                        "  - name: opendental\n    schema: raw\n",
                        "name: link",
                        "loaded_at_field: (select loaded_up_to")
                .doesNotContain("claim");

        JarRun merged = dbt("claim", "--source-name", "opendental", "--dbt-version", "1.9", "--merge");
        assertThat(merged.out()).startsWith("+ claim\n");
        assertThat(sources()).contains("name: link", "name: claim");
    }

    @Test
    void aFileThatIsNoPropertiesFileIsNamedWithItsLine() throws IOException {
        Files.writeString(directory.resolve("sources.yml"), "sources:\n  - nam: raw\n");

        JarRun merge = dbt("--merge", "--staging");

        assertThat(merge.exitCode()).isEqualTo(2);
        assertThat(merge.err()).contains("sources.yml:2: sources: an element without a name");
        assertThat(directory.resolve("stg_claim.sql")).doesNotExist();
    }

    private JarRun dbt(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--output", directory.toString()));
        all.addAll(List.of(arguments));
        return run(all);
    }

    private static JarRun run(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("dbt"));
        all.addAll(arguments);
        return JarRun.of(FIXTURE.environment(), all.toArray(String[]::new));
    }

    private String sources() throws IOException {
        return Files.readString(directory.resolve("sources.yml"));
    }
}
