package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged program where Java knows ASCII only, as under cron, and in languages with other letters and digits: in
 * Turkish the small letter of I has no dot, and Arabic has digits of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocaleIT {
    /** As bytes of UTF-8, since the test's own locale may know ASCII only. */
    private static final String PATIENT = "$(printf 'pati\\303\\253nt')";

    private static final String FIX = "; set LC_ALL=C.UTF-8, or another UTF-8 locale that this machine has\n";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeAll
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE `pati\u00ebnt` (ID int PRIMARY KEY, `Ingang\u0131\u015f` datetime,"
                                + " Price decimal(9,2) DEFAULT 1234.5, Ratio double DEFAULT 0.25)",
                        "INSERT INTO `pati\u00ebnt` (ID, `Ingang\u0131\u015f`)"
                                + " SELECT seq + 1000000, '2026-01-02 03:04:05' FROM seq_1_to_1200",
                        "CREATE TABLE INVOICE_I (InvoiceId int PRIMARY KEY, iI varchar(9), DateTEdit datetime)",
                        "INSERT INTO INVOICE_I VALUES (1, 'iI\u0130\u0131', '2026-01-02')");
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest(name = "{0}")
    @CsvSource({"Turkish, -Duser.language=tr -Duser.country=TR, 1", "Arabic, -Duser.language=ar -Duser.country=EG, 2"})
    void namesAndNumbersAreThoseOfAnyOtherLocale(String name, String options, int round) throws IOException {
        Path list = Path.of("target", "tables", "locale-" + round + ".yml");
        Files.deleteIfExists(list);
        fixture.set("TARGET_SCHEMA", "raw" + round);
        List<String> jvm = List.of(options.split(" "));
        run(Map.of(), jvm, "analyze", "--output", list.toString());
        assertThat(Files.readString(list))
                .contains("\n\"pati\u00ebnt\":", "\nINVOICE_I:")
                .containsPattern("1,[12]\\d\\d rows");

        Map<String, String> listed = Map.of("TABLES_FILE", list.toString());
        JarRun once = run(listed, jvm, "once");
        assertThat(once.out()).containsPattern("\npati\u00ebnt +success +full +1200 +1200 ");
        assertThat(once.err()).contains("pati\u00ebnt: full load done: 1200 pulled, ");
        for (String table : List.of("pati\u00ebnt", "INVOICE_I")) {
            String loaded = "raw" + round + ".\"" + table + "\"";
            fixture.target().execute("ALTER TABLE " + loaded + " DROP COLUMN _loaded_at");
            assertThat(fixture.target().rows("SELECT * FROM " + loaded + " ORDER BY 1"))
                    .isEqualTo(fixture.source().rows("SELECT * FROM `" + table + "` ORDER BY 1"));
        }

        assertThat(run(listed, jvm, "verify").out()).containsPattern("\npati\u00ebnt +equal +1200 ");
        assertThat(run(listed, jvm, "status").out()).containsPattern("\npati\u00ebnt .* 1,200 ");
        JsonNode status = new ObjectMapper()
                .readTree(run(listed, jvm, "status", "--format", "json").out());
        assertThat(status.at("/tables/1/table").asText()
                        + status.at("/tables/0/table").asText())
                .contains("pati\u00ebnt", "INVOICE_I");
        assertThat(once.out() + once.err()).doesNotContain("?", "\uFFFD");
    }

    @Test
    void anArgumentThatJavaCouldNotReadIsNamed() {
        fixture.tables("pati\u00ebnt:\n");

        JarRun once =
                JarRun.ofScript(with(Map.of("LC_ALL", "POSIX")), List.of(), "exec \"$@\" \"" + PATIENT + "\"", "once");

        assertThat(once.err())
                .isEqualTo("command line: argument 2: 'pati??nt' is not text in US-ASCII, the character set of the"
                        + " locale (LC_ALL=POSIX)" + FIX);
        assertThat(once.exitCode()).isEqualTo(2);
    }

    @Test
    void anArgumentInUtf8IsRead() {
        fixture.tables("pati\u00ebnt:\n");

        JarRun plan = JarRun.ofScript(
                with(Map.of("LC_ALL", "C.UTF-8")), List.of(), "exec \"$@\" \"" + PATIENT + "\"", "plan");

        assertThat(plan.exitCode()).as(plan.toString()).isZero();
        assertThat(plan.out()).contains("pati\u00ebnt");
    }

    @Test
    void aVariableThatJavaCouldNotReadIsNamed() {
        fixture.tables("INVOICE_I:\n");

        JarRun once = JarRun.ofScript(
                with(Map.of()),
                List.of(),
                "SOURCE_PASSWORD=" + PATIENT + "; export SOURCE_PASSWORD; exec \"$@\"",
                "once");

        assertThat(once.err())
                .isEqualTo(
                        "environment: SOURCE_PASSWORD: the value (not shown) is not text in US-ASCII, the character set"
                                + " of the locale (no LC_ALL, LC_CTYPE or LANG is set)" + FIX);
        assertThat(once.exitCode()).isEqualTo(2);
    }

    private JarRun run(Map<String, String> variables, List<String> jvm, String... arguments) {
        JarRun run = JarRun.of(with(variables), jvm, arguments);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run;
    }

    private Map<String, String> with(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.putAll(variables);
        return environment;
    }
}
