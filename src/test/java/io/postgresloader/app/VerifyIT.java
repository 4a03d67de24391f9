package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.verify.Comparison;
import io.postgresloader.verify.Difference;
import io.postgresloader.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code verify} finds every difference and no other. */
@Tag(Extent.SMOKE)
class VerifyIT {
    /** Whether times in the source have fractions of a second. */
    private static final boolean FRACTIONS = Products.ALL_BUT_MYSQL_5_5.underTest();

    private static final int ROWS = 2_000;

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        String columns = " Note varchar(40), Amount decimal(10,2), Rate double, Ratio float, At datetime"
                + (FRACTIONS ? "(6)" : "") + ", Day date," + " Took time" + (FRACTIONS ? "(3)" : "")
                + ", Flag tinyint(1), Bits bit(9), Picture blob, Kind enum('a','b')";
        String values = " CONCAT('ä\\t', seq), seq / 7, seq * 1e20 / 3, seq / 9, '2020-01-01 00:00:00.5' + INTERVAL seq"
                + " SECOND, IF(seq % 50, '2020-02-29', '0000-00-00'), SEC_TO_TIME(seq - 500.5), seq % 2, seq % 512,"
                + " UNHEX(MD5(seq)), IF(seq % 3, 'a', NULL) FROM seq_1_to_" + ROWS;
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY," + columns + ") ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq * 10," + values,
                        "CREATE TABLE pair (A bigint unsigned NOT NULL, B int NOT NULL," + columns
                                + ", PRIMARY KEY (A, B)) ENGINE=MyISAM",
                        "INSERT INTO pair SELECT 18446744073709551615 - seq DIV 7, -seq," + values,
                        "CREATE TABLE code (Code varchar(20) NOT NULL PRIMARY KEY," + columns + ") ENGINE=MyISAM",
                        "INSERT INTO code SELECT CONCAT(IF(seq % 2, 'x', 'X'), '\\\\', seq)," + values,
                        "CREATE TABLE bytes (K varbinary(20) NOT NULL PRIMARY KEY," + columns + ") ENGINE=MyISAM",
                        "INSERT INTO bytes SELECT UNHEX(MD5(seq))," + values);
        fixture.set("LOADER_PAGE_ROWS", "300").set("LOADER_BATCH_ROWS", "200");
        fixture.tables("visit:\npair:\ncode:\nbytes:\n");
        for (String table : List.of("visit", "pair", "code", "bytes")) {
            fixture.load(table);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aSampleFindsItsDifferencesAndReadsNoMore() {
        JarRun equal = JarRun.of(fixture.environment(), "verify", "visit", "--sample", "500");
        assertThat(equal.exitCode()).as(equal.toString()).isZero();
        assertThat(equal.out()).containsPattern("visit +equal +[1-9]\\d{1,2} +0 +0 +0 ");
        fixture.target()
                .execute(
                        "UPDATE raw.visit SET \"Note\" = 'x' WHERE \"Id\" % 100 = 0",
                        "DELETE FROM raw.visit WHERE \"Id\" % 100 = 10",
                        "UPDATE raw.visit SET \"Id\" = \"Id\" + 1 WHERE \"Id\" % 100 = 20");

        JarRun sample = JarRun.of(fixture.environment(), "verify", "visit", "--sample", "500");

        assertThat(sample.exitCode()).as(sample.toString()).isEqualTo(1);
        assertThat(sample.out())
                .containsPattern("visit +differs +[1-9]\\d{1,2} +[1-9]\\d{0,2} +[1-9]\\d{0,2} +[1-9]\\d? ");
        assertThat(fixture.status("visit", "verified_at")).isEqualTo("∅");
    }

    @Test
    void theResultOfAComparisonIsRecorded() {
        JarRun.of(fixture.environment(), "verify", "visit");
        assertThat(fixture.status("visit", "verify_result, proven_at IS NOT NULL"))
                .isEqualTo("equal|t");
        fixture.target().execute("DELETE FROM raw.visit WHERE \"Id\" = 10");
        JarRun.of(fixture.environment(), "verify", "visit");

        assertThat(fixture.status("visit", "verify_result, proven_at < verified_at"))
                .isEqualTo("different|t");
        assertThat(fixture.target()
                        .rows("SELECT success, rows_processed, rows_equal, rows_missing FROM raw.etl_table_metrics"
                                + " WHERE load_type = 'verify' ORDER BY id"))
                .containsExactly("t|2000|2000|0", "t|2000|1999|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"visit", "pair", "code", "bytes"})
    @Tag(Extent.CORE)
    void loadedRowsAreEqual(String table) {
        List<Difference> found = new ArrayList<>();

        Comparison comparison = verify(table, found);

        assertThat(found).isEmpty();
        assertThat(comparison.failure()).isEmpty();
        assertThat(comparison.equal()).isEqualTo(ROWS);
        assertThat(comparison.proven()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"visit", "pair", "code", "bytes"})
    @Tag(Extent.CORE)
    void everyPlantedDifferenceIsFoundAndNoOther(String table) {
        String key = fixture.source()
                .value("SELECT GROUP_CONCAT(CONCAT('\"', column_name, '\"') ORDER BY seq_in_index)"
                        + " FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = '"
                        + table + "'");
        String nth = " WHERE (" + key + ") = (SELECT " + key + " FROM raw." + table + " ORDER BY \"Amount\" OFFSET ";
        List<String> flips = List.of(
                "\"Note\" = \"Note\" || ' '",
                "\"Note\" = NULL",
                "\"Note\" = ''",
                "\"Amount\" = \"Amount\" + 0.01",
                "\"Rate\" = \"Rate\" * 1.0000000000000003",
                "\"Ratio\" = \"Ratio\" * 1.0000002",
                "\"At\" = \"At\" + interval '" + (FRACTIONS ? "0.000001" : "1") + "'",
                "\"Day\" = DATE '0001-01-01'",
                "\"Took\" = -\"Took\"",
                "\"Flag\" = 1 - \"Flag\"",
                "\"Bits\" = \"Bits\" # B'000000001'",
                "\"Picture\" = set_byte(\"Picture\", 0, get_byte(\"Picture\", 0) # 1)",
                "\"Kind\" = 'A'",
                "\"Picture\" = NULL",
                "\"Took\" = \"Took\" + interval '" + (FRACTIONS ? "0.001" : "1") + "'");
        int place = 3;
        for (String flip : flips) {
            fixture.target().execute("UPDATE raw." + table + " SET " + flip + nth + place + " LIMIT 1)");
            place += 100;
        }
        for (int i = 0; i < 5; i++) {
            fixture.target().execute("DELETE FROM raw." + table + nth + (7 + 300 * i) + " LIMIT 1)");
        }
        for (int i = 0; i < 5; i++) {
            String added =
                    switch (table) {
                        case "visit" -> String.valueOf(i * 4000 + 1);
                        case "pair" -> i + ", 0";
                        case "code" -> "'new\\" + i + "'";
                        default -> "'\\xff" + i + "0'";
                    };
            fixture.target().execute("INSERT INTO raw." + table + " (" + key + ") VALUES (" + added + ")");
        }
        List<Difference> found = new ArrayList<>();

        Comparison comparison = verify(table, found);

        assertThat(comparison)
                .returns(15L, Comparison::different)
                .returns(5L, Comparison::missing)
                .returns(5L, Comparison::extra)
                .returns(ROWS - 20L, Comparison::equal)
                .returns(false, Comparison::proven);
        assertThat(found).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void anOpenDeadLetterAccountsForItsRow() {
        fixture.source().execute("UPDATE visit SET Note = CONCAT('x', CHAR(0)) WHERE Id IN (70, 90)");
        fixture.load("visit", LoadRequest.Kind.FULL);

        Comparison comparison = verify("visit", new ArrayList<>());

        assertThat(comparison)
                .returns(2L, Comparison::deadLettered)
                .returns(ROWS - 2L, Comparison::equal)
                .returns(true, Comparison::proven);
    }

    @Test
    void rowsThatArriveDuringTheComparisonAreNoDifferences() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; !done.get(); i++) {
                fixture.source().execute("INSERT INTO visit (Id, Note) VALUES (" + (-i) + ", 'new')");
                fixture.load("visit", LoadRequest.Kind.FULL);
            }
        });
        for (int i = 0; i < 5; i++) {
            List<Difference> found = new ArrayList<>();
            verify("visit", found);
            // The row that was inserted last may not be loaded yet.
            assertThat(found).hasSizeLessThanOrEqualTo(1).allMatch(d -> d.kind() == Difference.Kind.MISSING);
        }
        done.set(true);
        writer.get();
        assertThat(verify("visit", new ArrayList<>()).proven()).isTrue();
    }

    @Test
    void aTableThatChangedSinceTheLastLoadIsNotCompared() {
        fixture.source().execute("ALTER TABLE visit ADD Extra int");

        Comparison comparison = verify("visit", new ArrayList<>());

        assertThat(comparison.proven()).isFalse();
        assertThat(comparison.failure().orElseThrow())
                .contains("table visit is not as the last load left it (column Extra added as integer); load it first");
    }

    @Test
    void theCommandPrintsCountsAndWritesKeys() throws Exception {
        fixture.target()
                .execute(
                        "DELETE FROM raw.visit WHERE \"Id\" = 70",
                        "UPDATE raw.code SET \"Note\" = 'y' WHERE" + " \"Code\" = 'x\\1'");
        Path keys = Files.createTempFile(Path.of("target"), "keys", ".jsonl");

        JarRun verify = JarRun.of(fixture.environment(), "verify", "visit", "code", "pair", "--keys", keys.toString());

        assertThat(verify.exitCode()).as(verify.toString()).isEqualTo(1);
        assertThat(verify.out())
                .containsPattern("(?m)^visit +differs +1999 +1 +0 +0 +0 ")
                .containsPattern("(?m)^code +differs +1999 +0 +1 +0 +0 ")
                .containsPattern("(?m)^pair +equal +2000 +0 +0 +0 +0 ")
                .containsPattern("(?m)^all 3 +5998 +1 +1 +0 +0 ");
        assertThat(Files.readAllLines(keys))
                .containsExactlyInAnyOrder(
                        "{\"table\":\"visit\",\"kind\":\"MISSING\",\"key\":{\"Id\":\"70\"}}",
                        "{\"table\":\"code\",\"kind\":\"DIFFERENT\",\"key\":{\"Code\":\"x\\\\\\\\1\"}}");
        assertThat(JarRun.of(fixture.environment(), "verify", "pair", "--format", "json")
                        .out())
                .contains("\"equal\" : 2000");
    }

    private Comparison verify(String table, List<Difference> found) {
        fixture.loader();
        try (Session session = Session.open(fixture.configuration())) {
            return new Verifier(session.services()).verify(table, found::add);
        }
    }
}
