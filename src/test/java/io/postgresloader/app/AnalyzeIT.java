package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.config.tables.OlderGenerator;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Sampled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command: what it writes, keeps and prints, and when it fails. */
class AnalyzeIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @TempDir
    Path directory;

    @BeforeEach
    void practice() {
        fixture.source()
                .execute(
                        // As OpenDental's are: of an InnoDB table the server only estimates how many rows it has.
                        "CREATE TABLE claim (ClaimNum bigint PRIMARY KEY, Note text, SecDateTEdit timestamp NOT NULL"
                                + " DEFAULT current_timestamp() ON UPDATE current_timestamp()) ENGINE=MyISAM",
                        "CREATE TABLE patientlink (PatientLinkNum bigint PRIMARY KEY, DateTimeLink datetime)",
                        "INSERT INTO claim SELECT seq, 'a', '2026-01-01' + INTERVAL seq HOUR FROM seq_1_to_3000",
                        "INSERT INTO patientlink SELECT seq, '2026-01-01' + INTERVAL seq HOUR FROM seq_1_to_500",
                        "CREATE TABLE claim_bak LIKE claim");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void writesAListThatTheLoaderUses() throws IOException {
        JarRun analyze = analyze("--output", file().toString(), "--report", report().toString());
        assertThat(analyze.err()).isEmpty();
        assertThat(analyze.exitCode()).isZero();
        assertThat(analyze.out()).contains("2 tables: 1 incremental, 0 append, 1 full; 1 excluded; wrote " + file());
        assertThat(Files.readString(report()))
                .contains("| claim | 3,000 | ClaimNum | incremental | SecDateTEdit |", "- claim_bak: its name matches");

        damage("zone");
        fixture.tables(Files.readString(file()));
        assertThat(fixture.load("claim").counts().inserted()).isEqualTo(3000);
        assertThat(fixture.load("patientlink").counts().inserted()).isEqualTo(500);
    }

    /** As a server that lost its power leaves a table: its engine and its columns are unknown. */
    private void damage(String table) throws IOException {
        if (Products.MYSQL_8.underTest()) {
            // It keeps definitions in a dictionary, and not in a file for each table.
            return;
        }
        fixture.source().execute("CREATE TABLE " + table + " (Id int PRIMARY KEY) ENGINE=MyISAM");
        Path definition = Path.of(fixture.source().value("SELECT @@datadir"), database(), table + ".frm");
        Files.writeString(definition, "damaged");
        fixture.source().execute("FLUSH TABLES " + table);
    }

    /** As Open Dental hands them out: out of the order of every column, so that the order proves no edit time. */
    @Test
    void randomKeysProveNoEditTimeAndAreNotLoadedByNewKeys() {
        String keys = "CAST(CONV(LEFT(MD5(seq), 15), 16, 10) AS SIGNED)";
        for (String column : List.of("SecDateTEdit datetime", "DateTimeEntry datetime", "Note datetime")) {
            String table = "rk_" + column.split(" ")[0].toLowerCase();
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id bigint PRIMARY KEY, " + column + ") ENGINE=MyISAM",
                            "INSERT INTO " + table + " SELECT " + keys + ", '2020-01-01' + INTERVAL seq HOUR"
                                    + " FROM seq_1_to_12000");
        }
        fixture.source()
                .execute(
                        "CREATE TABLE rk_none (Id bigint PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO rk_none SELECT " + keys + " FROM seq_1_to_12000");

        JarRun analyze = analyze("--output", "-", "rk_secdatetedit", "rk_datetimeentry", "rk_note", "rk_none");

        assertThat(analyze.out())
                .contains("rk_secdatetedit:\n  # incremental: new rows by SecDateTEdit, as the names suggest")
                .contains("rk_datetimeentry:\n  # incremental: new rows by DateTimeEntry, as the names suggest")
                .contains("rk_note:\n  # full: keys are random, and no column shows new rows")
                .contains("rk_none:\n  # full: keys are random, and no column shows new rows")
                .contains("keys are random: a load by new keys would miss rows")
                .doesNotContain("out of key order");
    }

    @Test
    void writesToStandardOutputWhenAsked() {
        JarRun analyze = analyze("--output", "-", "claim");
        assertThat(analyze.exitCode()).isZero();
        assertThat(analyze.out())
                .contains("claim:\n  # incremental: SecDateTEdit")
                .doesNotContain("patientlink");
        assertThat(analyze.err()).contains("1 tables: 1 incremental");
    }

    @Test
    void doesNotReplaceAListWithoutForce() throws IOException {
        Files.writeString(file(), "claim:\n");
        JarRun failed = analyze("--output", file().toString());
        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed.err()).contains("exists: --merge updates it", "--force replaces it");
        assertThat(file()).hasContent("claim:\n");

        assertThat(analyze("--output", file().toString(), "--force").exitCode()).isZero();
        assertThat(file()).content().contains("patientlink:");
    }

    @Test
    void mergeUpdatesAListAndKeepsEdits() throws IOException {
        analyze("--output", file().toString());
        Files.writeString(
                file(),
                Files.readString(file()).replace("primary_key: ClaimNum", "primary_key: ClaimNum\n  load: full"));
        fixture.source()
                .execute(
                        "ALTER TABLE patientlink ADD COLUMN DateTStamp timestamp NOT NULL DEFAULT current_timestamp()"
                                + " ON UPDATE current_timestamp()",
                        "CREATE TABLE fee (FeeNum bigint PRIMARY KEY)");

        assertThat(check().exitCode()).isEqualTo(1);
        assertThat(check().out()).contains("table fee: not in the list", "1 mismatches found");
        JarRun merged = analyze("--output", file().toString(), "--merge");
        assertThat(merged.exitCode()).isZero();
        assertThat(merged.out())
                .contains("= claim: kept because it was edited", "~ patientlink: incremental_columns", "+ fee: full");
        assertThat(file()).content().contains("load: full", "[DateTStamp]", "fee:");
        assertThat(check().exitCode()).isZero();

        String before = Files.readString(file());
        analyze("--output", file().toString(), "--merge");
        assertThat(file()).hasContent(before);
    }

    @Test
    void rewritesAListOfTheOlderGeneratorWithItsErrors() throws IOException {
        Path older = directory.resolve("older.yml");
        Files.writeString(older, OlderGenerator.file(List.of("claim", "patientlink", "account")));
        JarRun imported = analyze("--output", file().toString(), "--import", older.toString());
        assertThat(imported.exitCode()).isZero();
        assertThat(imported.out())
                .contains(
                        "account: not in the new list",
                        "claim: its key was the watermark, so edited rows were missed; now by SecDateTEdit",
                        "patientlink: DateTimeLink was used as an edit time, but is an entry time");
        assertThat(file()).content().doesNotContain("extraction_strategy");
    }

    @Sampled(oneOf = 4)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--merge --force",
                "--merge --import x.yml",
                "--check --force",
                "--time-limit 0",
                "--time-limit 60",
                "--check claim",
                "--merge --output -",
                "--output new.yml --report target/../new.yml"
            })
    void contradictingOptionsFail(String arguments) {
        assertThat(analyze(arguments.split(" ")).exitCode()).isEqualTo(2);
    }

    @Test
    void readsEveryRowWhenAsked() {
        JarRun analyze = analyze("--output", "-", "--every-row", "claim");
        assertThat(analyze.out()).contains("3,000 rows, sample: all rows");
    }

    @Test
    void namesATableThatTheSourceDoesNotHave() {
        JarRun analyze = analyze("--output", "-", "claim", "clame");
        assertThat(analyze.exitCode()).isEqualTo(1);
        assertThat(analyze.err()).contains("table clame: the source has no visible table of this name");
    }

    @ParameterizedTest
    @CsvSource({"., the path is a directory", "no/such/tables.yml, the directory"})
    void failsBeforeReadingIfTheFileIsNotWritable(String file, String found) {
        fixture.set("SOURCE_URL", "jdbc:mysql://127.0.0.1:1/none");
        JarRun analyze = analyze("--output", directory.resolve(file).toString());
        assertThat(analyze.exitCode()).isEqualTo(2);
        assertThat(analyze.err()).contains("--output: " + found);
    }

    @Test
    void namesWhatAUserWithoutRightsCannotSee() {
        fixture.source().execute("CREATE TABLE secret (Id int PRIMARY KEY)");
        fixture.asUserWhoMayOnlyRead("halfblind");
        fixture.source()
                .execute(
                        // A new server lets everyone do everything in databases whose names begin with test.
                        "DELETE FROM mysql.db WHERE User IN ('', 'PUBLIC')",
                        "FLUSH PRIVILEGES",
                        "REVOKE SELECT ON " + database() + ".* FROM 'halfblind'@'127.0.0.1'",
                        "GRANT SELECT ON " + database() + ".claim TO 'halfblind'@'127.0.0.1'",
                        "GRANT INSERT ON " + database() + ".secret TO 'halfblind'@'127.0.0.1'",
                        "GRANT DROP ON " + database() + ".patientlink TO 'halfblind'@'127.0.0.1'");
        JarRun analyze = analyze("--output", "-");

        assertThat(analyze.exitCode()).isEqualTo(1);
        assertThat(analyze.out()).contains("claim:\n").doesNotContain("secret:");
        assertThat(analyze.err())
                .contains(
                        "table secret was left out: ",
                        "table patientlink was left out: none of its columns is visible; grant SELECT on the table",
                        "the source user has SELECT on it",
                        "the source does not show its open transactions");
    }

    @Test
    void doesNotReplaceAListByAnEmptyOne() throws IOException {
        analyze("--output", file().toString());
        String before = Files.readString(file());
        JarRun excluded = analyze("--output", file().toString(), "--force", "--exclude", "*");
        assertThat(excluded.exitCode()).isEqualTo(1);
        assertThat(excluded.err()).contains("the patterns of analyze.exclude and --exclude match every table");

        fixture.source().execute("DROP TABLE claim, claim_bak, patientlink");
        JarRun merged = analyze("--output", file().toString(), "--merge");
        assertThat(merged.exitCode()).isEqualTo(1);
        assertThat(merged.out()).contains("did not write " + file());
        assertThat(merged.err()).contains("the source has no visible table; check the database name in source.url");
        assertThat(file()).hasContent(before);
    }

    @Tag(Extent.SLOW)
    @Test
    @OnlyOn(value = Products.MARIADB, because = "MAX_STATEMENT_TIME is MariaDB's")
    void namesATableThatTheServerHasNoTimeFor() throws Exception {
        fixture.asUserWhoMayOnlyRead("hurried");
        fixture.source().execute("ALTER USER 'hurried'@'127.0.0.1' WITH MAX_STATEMENT_TIME 0.5");
        try (Connection writer = fixture.source().connect();
                Statement statement = writer.createStatement()) {
            statement.execute("LOCK TABLES claim WRITE");
            JarRun analyze = analyze("--output", "-", "--time-limit", "30");
            assertThat(analyze.exitCode()).isEqualTo(1);
            assertThat(analyze.err()).contains("table claim was not sampled within the time limit");
            assertThat(analyze.out()).contains("claim:\n  # incremental", "patientlink:");
        }
    }

    @Test
    @OnlyOn(value = Products.ALL_BUT_MYSQL_8, because = "MySQL 8.0 has no file that could be damaged so")
    void namesLockedDroppedAndDamagedTables() throws Exception {
        damage("account");
        fixture.source().execute("CREATE TABLE zone (Id int PRIMARY KEY, DateTStamp datetime)");
        Path log = directory.resolve("analyze.log");
        try (Connection writer = fixture.source().connect();
                Statement statement = writer.createStatement()) {
            statement.execute("LOCK TABLES claim WRITE");
            Process analyze = JarRun.start(
                    fixture.environment(),
                    List.of(),
                    log,
                    "analyze",
                    "--output",
                    file().toString(),
                    "--time-limit",
                    "3");
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() > 0);
            fixture.source().execute("DROP TABLE zone");
            assertThat(analyze.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(analyze.exitValue()).isEqualTo(1);
        }
        assertThat(log)
                .content()
                .contains(
                        "table account was left out: none of its columns is visible",
                        "table claim was not sampled within the time limit",
                        "table zone was left out: the table does not exist (SQLSTATE 42S02)");
        assertThat(file())
                .content()
                .contains("claim:\n  # incremental", "patientlink:")
                .doesNotContain("zone:");
    }

    private long waiting() {
        return fixture.source()
                .count("SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%`claim`%' AND state LIKE"
                        + " 'Waiting%'");
    }

    private String database() {
        return fixture.source().value("SELECT DATABASE()");
    }

    @Test
    void worksWithoutATarget() {
        fixture.set("TARGET_URL", "jdbc:postgresql://127.0.0.1:1/none");
        assertThat(analyze("--output", "-").exitCode()).isZero();
    }

    private JarRun check() {
        return analyze("--output", file().toString(), "--check");
    }

    private JarRun analyze(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "analyze";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return JarRun.of(fixture.environment(), all);
    }

    private Path file() {
        return directory.resolve("tables.yml");
    }

    private Path report() {
        return directory.resolve("report.md");
    }
}
