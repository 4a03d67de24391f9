package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.settings.Setting;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import io.postgresloader.tracking.LoadLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command wait: what it ends with, and what it says. The tables are loaded once before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitIT {
    private static final String LONG_AGO = "2026-01-01T00:00:00Z";
    private static final String LATER = "2099-01-01T00:00:00Z";
    private static final String LOADED = "--loaded-up-to ";
    private static final String COMPLETE = "--complete-up-to ";

    /** The source's clock has gone back. */
    private static final String AN_HOUR_AHEAD =
            "last_loaded = last_loaded + interval '1 h', complete_up_to = complete_up_to + interval '1 h'";

    private final LoaderFixture fixture = new LoaderFixture();
    private Path settings;
    private TcpProxy closed;

    /**
     * @param change of the table's row of etl_load_status; empty: none
     * @param arguments the time-out is short unless they have one
     * @param said what it prints, as a regular expression
     */
    private record Arrangement(String table, String change, String arguments, int exitCode, String said) {
        @Override
        public String toString() {
            return table + " " + arguments;
        }
    }

    static Stream<Arrangement> arrangements() {
        return Stream.of(
                new Arrangement("loaded", "", LOADED + LONG_AGO, 0, "Holds: 1 table is loaded up to 2026-01-01.*"),
                new Arrangement("complete", "", COMPLETE + LONG_AGO, 0, "Holds: 1 table is complete up to .*"),
                new Arrangement("ahead", AN_HOUR_AHEAD, LOADED + "now", 4, "to be loaded: ahead \\(not loaded yet.*"),
                new Arrangement(
                        "ahead", AN_HOUR_AHEAD, COMPLETE + "now", 4, "to be loaded: ahead \\(not complete yet.*"),
                new Arrangement("ahead_load", AN_HOUR_AHEAD, LOADED + "now --load", 0, "ahead_load .*success.*Holds.*"),
                new Arrangement("late", "", LOADED + LATER, 4, "to be loaded: late \\(loaded up to .*Timed out.*"),
                new Arrangement("uncompared", "", COMPLETE + LATER, 4, "to be loaded: uncompared \\(complete up to .*"),
                new Arrangement(
                        "compares",
                        "last_loaded = '2099-01-02'",
                        COMPLETE + LATER,
                        4,
                        "to be compared: compares \\(complete up to .*; a comparison is awaited\\).*"),
                new Arrangement(
                        "failed",
                        "load_status = 'failed', error = 'schema: why'",
                        LOADED + LATER,
                        1,
                        "failed: its last load failed: schema: why.*Cannot hold: 1 table cannot be loaded.*"),
                new Arrangement(
                        "failed_after", "load_status = 'failed', error = 'why'", LOADED + LONG_AGO, 0, "Holds.*"),
                new Arrangement(
                        "braked",
                        "verify_result = 'braked', verify_message = '9 of 9 rows'",
                        COMPLETE + LATER,
                        1,
                        "braked: its last comparison stopped at the delete limit: 9 of 9 rows.*"),
                new Arrangement("braked", "", LOADED + LONG_AGO, 0, "Holds.*"),
                new Arrangement(
                        "paused", "paused_at = now()", LOADED + LATER, 1, "paused: is paused since .*; run resume.*"),
                new Arrangement(
                        "unreconciled", "", COMPLETE + LONG_AGO, 1, "is not compared, since it has reconcile: off.*"),
                new Arrangement("unreconciled", "", LOADED + LONG_AGO, 0, "Holds.*"),
                new Arrangement(
                        "letters",
                        "",
                        LOADED + LONG_AGO + " --no-dead-letters",
                        1,
                        "letters: 1 dead letter is open; fix the cause, then run replay.*"),
                new Arrangement("letters", "", LOADED + LONG_AGO, 0, "Holds.*"),
                new Arrangement("untracked", "table_name = 'gone'", LOADED + LONG_AGO, 1, ".*is not tracked yet.*"),
                new Arrangement("fresh", "", LOADED + "now --load", 0, "fresh .*success.*Holds.*"),
                new Arrangement(
                        "again", "load_status = 'failed', error = 'why'", LOADED + "now --load", 0, "again .*Holds.*"),
                new Arrangement("unchanged", "", COMPLETE + "now --load", 0, "unchanged .*equal.*Holds.*"));
    }

    @BeforeAll
    void loadTables() throws IOException {
        List<String> tables = new ArrayList<>();
        all().forEach(table -> {
            create(table);
            String option = table.equals("unreconciled") ? ", reconcile: off" : "";
            tables.add(table + ": {incremental_columns: [Edited], column_types: {Note: integer}" + option + "}");
        });
        fixture.source().execute("UPDATE letters SET Note = 'x' WHERE Id = 7");
        fixture.tables(String.join("\n", tables) + "\n");
        all().filter(table -> !table.equals("open"))
                .forEach(table -> assertThat(fixture.load(table).outcome()).isEqualTo(LoadResult.Outcome.SUCCESS));
        closed = new TcpProxy(TestServers.source().port());
        closed.refuse();
        settings = settings(Map.of());
    }

    private static Stream<String> all() {
        return Stream.concat(
                        arrangements().map(Arrangement::table),
                        Stream.of("altered", "deleted", "open", "running", "unreachable"))
                .distinct();
    }

    private void create(String table) {
        fixture.source()
                .execute(
                        "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20) NOT NULL,"
                                + " Edited datetime NOT NULL) ENGINE=InnoDB",
                        "INSERT INTO " + table + " SELECT seq, '1', '2026-01-01' FROM seq_1_to_30");
    }

    /** The settings of the fixture as a file, since the variables of this process are those of the tests. */
    private Path settings(Map<String, String> other) throws IOException {
        Map<String, String> names =
                Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::variable, Setting::property));
        List<String> lines = fixture.environment().entrySet().stream()
                .map(entry -> names.get(entry.getKey()) + "="
                        + other.getOrDefault(entry.getKey(), entry.getValue()).replace("\\", "\\\\"))
                .toList();
        return Files.write(
                Files.createTempFile(Files.createDirectories(Path.of("target", "tables")), "wait", ".properties"),
                lines);
    }

    @AfterAll
    void close() {
        closed.close();
        fixture.close();
    }

    private record Run(int exitCode, String out, String err) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrangements")
    void theExitCodeSaysWhetherItHolds(Arrangement arrangement) {
        if (!arrangement.change().isEmpty()) {
            fixture.target()
                    .execute("UPDATE raw.etl_load_status SET " + arrangement.change() + " WHERE table_name = '"
                            + arrangement.table() + "'");
        }

        Run run = waitFor(settings, arrangement.arguments() + " " + arrangement.table());

        assertThat(run.exitCode).as(run.toString()).isEqualTo(arrangement.exitCode());
        assertThat(run.out.replaceAll("\\s+", " ")).containsPattern(arrangement.said());
    }

    @Test
    void aRunningLoadIsWaitedFor() throws Exception {
        fixture.target().execute("UPDATE raw.etl_load_status SET load_status = 'running' WHERE table_name = 'running'");
        try (LoadLock lock =
                LoadLock.tryTake(fixture.services().warehouse(), "running").orElseThrow()) {
            assertThat(lock.held()).isTrue();

            Run run = waitFor(settings, LOADED + LATER + " running");

            assertThat(run.exitCode).isEqualTo(ExitCode.TIMED_OUT);
            assertThat(run.out).contains("running (loaded up to ").contains("; a load runs)");
        }
    }

    /** Each repair is undone at once. */
    @Test
    void aTableThatCannotBeRepairedEndsTheWait() {
        fixture.target()
                .execute(
                        "UPDATE raw.altered SET \"Note\" = 5 WHERE \"Id\" = 7",
                        "CREATE FUNCTION raw.five() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN NEW.\"Note\" := 5; RETURN NEW; END'",
                        "CREATE TRIGGER five BEFORE INSERT OR UPDATE ON raw.altered FOR EACH ROW EXECUTE FUNCTION"
                                + " raw.five()");

        Run run = waitFor(settings, COMPLETE + "now --load altered");

        assertThat(run.exitCode).as(run.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out)
                .contains("altered: its last comparison left rows that differ: run verify altered --repair")
                .containsOnlyOnce("altered  different");
    }

    @Test
    void aTableThatIsNotLateEnoughYetHoldsUpNoComparison() {
        fixture.target()
                .execute("UPDATE raw.etl_load_status SET last_loaded = '2099-01-02', verify_result = NULL"
                        + " WHERE table_name = 'complete'");

        Run run = waitFor(settings, COMPLETE + LATER + " --load --timeout 3s late complete");

        assertThat(run.exitCode).as(run.toString()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(fixture.target()
                        .value("SELECT verify_result FROM raw.etl_load_status WHERE table_name = 'complete'"))
                .isEqualTo("equal");
    }

    /** No cursor column shows it, so that only a comparison finds it. */
    @Test
    void aDeleteIsThereWhenTheTableIsComplete() throws Exception {
        fixture.source().execute("DELETE FROM deleted WHERE Id = 7");
        fixture.awaitNextLook();

        Run loaded = waitFor(settings, LOADED + "now --load --timeout 1m deleted");
        assertThat(loaded.exitCode).as(loaded.toString()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.deleted")).isEqualTo(30);

        Run complete = waitFor(settings, COMPLETE + "now --load --timeout 1m deleted");
        assertThat(complete.exitCode).as(complete.toString()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.deleted")).isEqualTo(29);
        assertThat(fixture.target()
                        .rows("SELECT load_type FROM raw.etl_table_metrics WHERE cycle_id = '"
                                + complete.out.lines().findFirst().orElseThrow().replace("cycle_id: ", "") + "'"))
                .as("the loads and the comparison of one command")
                .hasSizeGreaterThan(1)
                .contains("reconcile");
    }

    /** As a replica that is behind, an open transaction holds the horizon back. */
    @Test
    void anOpenTransactionIsWaitedFor() throws Exception {
        fixture.load("open");
        try (Connection transaction = fixture.source().begin("UPDATE open SET Note = '2' WHERE Id = 7")) {
            fixture.awaitNextLook();
            Thread.sleep(1_100);

            Run run = waitFor(settings, LOADED + "now --load --timeout 3s open");

            assertThat(run.exitCode).as(run.toString()).isEqualTo(ExitCode.TIMED_OUT);
            transaction.commit();
        }
        fixture.awaitNextLook();
        assertThat(waitFor(settings, LOADED + "now --load --timeout 1m open").exitCode)
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void onlyNowNeedsTheSource() throws IOException {
        String url = fixture.environment().get("SOURCE_URL").replaceFirst("127[^/]*", "127.0.0.1:" + closed.port());
        Path sourceDown = settings(Map.of("SOURCE_URL", url));

        assertThat(waitFor(sourceDown, LOADED + LONG_AGO + " unreachable").exitCode)
                .isEqualTo(ExitCode.DONE);
        Run now = waitFor(sourceDown, LOADED + "now unreachable");
        assertThat(now.exitCode).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(now.err).contains("the source database").contains("no server answered");
    }

    @Test
    void withoutTheTargetNothingIsKnown() throws IOException {
        String url = fixture.environment().get("TARGET_URL").replaceFirst("//[^/]*", "//127.0.0.1:" + closed.port());

        Run run = waitFor(settings(Map.of("TARGET_URL", url)), LOADED + LONG_AGO);

        assertThat(run.exitCode).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err).contains("the target database");
    }

    private static Run waitFor(Path settings, String arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            List<String> words = new ArrayList<>(List.of("wait", "--config", settings.toString()));
            words.addAll(List.of(arguments.split(" ")));
            if (!words.contains("--timeout")) {
                words.addAll(List.of("--timeout", words.contains("--load") ? "1m" : "1s"));
            }
            int exitCode = RootCommand.execute(words.toArray(String[]::new), MavenOnlyCommand.all());
            return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }
}
