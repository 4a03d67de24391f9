package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The progress that the packaged program shows in a terminal, while another user of the target holds a load up. */
class TerminalProgressIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Path FILES = Path.of("target", "runs");

    /** Holds the third chunk up: two of three are done. */
    private static final String HOLD = "SELECT id FROM raw.held WHERE id = 250 FOR UPDATE";

    private static LoaderFixture fixture;

    @BeforeAll
    static void loadTables() {
        if (!Tmux.installed()) {
            System.err.println("SKIPPED: TerminalProgressIT needs tmux, which is not installed (apt-get install tmux)");
        }
        assumeTrue(Tmux.installed(), "tmux is not installed");
        fixture = new LoaderFixture();
        fixture.source()
                .execute(
                        "CREATE TABLE held (id int NOT NULL PRIMARY KEY, x int NOT NULL)",
                        "INSERT INTO held SELECT seq, 0 FROM seq_1_to_300",
                        "CREATE TABLE quick (id int NOT NULL PRIMARY KEY)",
                        "INSERT INTO quick SELECT seq FROM seq_1_to_5");
        fixture.set("LOADER_PAGE_ROWS", "100").set("LOADER_WORKERS", "2");
        fixture.tables("held: {load: full, reconcile: off}\nquick: {reconcile: off}\n");
        fixture.load("held");
        fixture.load("quick");
        fixture.stop();
    }

    @AfterAll
    static void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @BeforeEach
    void changeRows() {
        fixture.source().execute("UPDATE held SET x = x + 1");
    }

    /** Its steps have to fit between two attempts of the load that waits. */
    @Tag(Extent.SLOW)
    @Test
    void aLineForEachRunningTableIsDrawnAtTheCursor() throws Exception {
        try (Connection holder = fixture.target().begin(HOLD);
                Tmux terminal = new Tmux(80, 24, environment(Map.of()), program("once --full"))) {
            awaitScreen(terminal, screen -> screen.contains("66 %") && screen.contains("1 of 2 tables, 205 rows"));
            assertThat(lineWith(terminal.screen(), "held"))
                    .contains("loading", "\u2588", "\u2592", "200")
                    .endsWith(" left");
            assertThat(terminal.colouredScreen()).contains("\u001b[32m");
            // Log lines may name the table as well, after their time.
            terminal.resize(60, 24);
            awaitScreen(terminal, screen -> linesOf(screen, "held") == 1 && screen.contains("of 2 tables"));
            terminal.resize(120, 24);
            awaitScreen(terminal, screen -> linesOf(screen, "held") == 1 && screen.contains("66 %"));
            holder.rollback();
            awaitScreen(terminal, screen -> screen.contains("exit=0"));
            assertThat(terminal.screen())
                    .contains("2 of 2 tables, 305 rows\n", "all 2")
                    .doesNotContain("66 %")
                    .doesNotContain("\u2588");
        }
    }

    @Test
    void aWideTerminalShowsMoreAndCtrlCLeavesItInOrder() throws Exception {
        Map<String, String> noColour = environment(Map.of("NO_COLOR", "1", "LC_ALL", "C"));
        try (Connection holder = fixture.target().begin(HOLD);
                Tmux terminal = new Tmux(160, 24, noColour, "stty -g; " + program("once --full") + "; stty -g")) {
            awaitScreen(terminal, screen -> screen.contains("200 of 300") && screen.contains("1 of 2 tables"));
            assertThat(lineWith(terminal.screen(), "200 of 300"))
                    .contains("####", "----")
                    .doesNotContain("\u2588");
            assertThat(terminal.colouredScreen()).doesNotContain("\u001b[3");
            terminal.press("C-c");
            holder.rollback();
            awaitScreen(terminal, screen -> screen.contains("exit="));
            assertThat(terminal.screen()).doesNotContain("####").contains("of 2 tables, ");
            assertThat(terminal.variable("cursor_flag")).isEqualTo("1");
            List<String> states = terminal.screen()
                    .lines()
                    .filter(line -> line.matches("[0-9a-f]+:.*"))
                    .toList();
            assertThat(states).hasSize(2);
            assertThat(states.get(0)).isEqualTo(states.get(1));
        }
    }

    /** Another user of a database holds up the table. */
    @ParameterizedTest(name = "{0}, {1} columns")
    @CsvSource({"verify, 160", "analyze, 80", "adoption, 80"})
    void eachCommandDrawsItsTablesAndLeavesItsReportAlone(String work, int columns) throws Exception {
        Held held = held(work, columns);
        Map<String, String> environment = environment(Map.of("TARGET_SCHEMA", held.schema()));
        try (Connection holder = held.side().begin(held.lock());
                Tmux terminal =
                        new Tmux(columns, 50, environment, "for n in 1 2 3 4 5; do echo; done; " + held.command())) {
            awaitScreen(
                    terminal,
                    screen -> screen.lines().anyMatch(line -> line.matches("held +" + held.label() + ".*"))
                            && screen.contains("of 2 tables"));
            holder.rollback();
            if (held.side() == fixture.source()) {
                holder.createStatement().execute("UNLOCK TABLES");
            }
            awaitScreen(terminal, screen -> screen.contains("exit="));
            assertThat(terminal.history())
                    .containsOnlyOnce("2 of 2 tables, ")
                    .contains(held.report())
                    .doesNotContain("\u2588", "\u2592", "\u2591");
            assertThat(terminal.variable("cursor_flag")).isEqualTo("1");
        }
    }

    @Tag(Extent.SLOW)
    @ParameterizedTest(name = "{0}, {1} columns")
    @CsvSource({"verify, 80", "analyze, 160", "adoption, 160"})
    void eachCommandDoesSoAtTheOtherWidth(String work, int columns) throws Exception {
        eachCommandDrawsItsTablesAndLeavesItsReportAlone(work, columns);
    }

    private record Held(Database side, String lock, String schema, String label, String command, String report) {}

    private static Held held(String work, int columns) throws IOException {
        return switch (work) {
            case "verify" -> new Held(
                    fixture.source(),
                    "LOCK TABLES held WRITE",
                    "raw",
                    "(planning|comparing)",
                    program("verify"),
                    "all 2 ");
            case "analyze" -> new Held(
                    fixture.source(),
                    "LOCK TABLES held WRITE",
                    "raw",
                    "analyzing",
                    program("analyze --every-row --output -"),
                    "2 tables: ");
            default -> adopted(columns);
        };
    }

    private static Held adopted(int columns) throws IOException {
        String schema = "adopted" + columns;
        fixture.target()
                .execute(
                        "CREATE SCHEMA " + schema,
                        "CREATE TABLE " + schema + ".held (id integer PRIMARY KEY, x integer NOT NULL)",
                        "INSERT INTO " + schema + ".held SELECT n, -n FROM generate_series(1, 300) n",
                        "CREATE TABLE " + schema + ".quick (id integer PRIMARY KEY)",
                        "INSERT INTO " + schema + ".quick SELECT n FROM generate_series(1, 5) n");
        return new Held(
                fixture.target(),
                "SELECT id FROM " + schema + ".held WHERE id = 250 FOR UPDATE",
                schema,
                columns > 140 ? "adoption, " : "adoption",
                program("init") + " >" + FILES.resolve("init.out") + " 2>&1; " + program("once"),
                "adopted from another loader");
    }

    @Test
    void filesAndNoProgressHavePlainLines() throws Exception {
        Path out = Files.createTempFile(Files.createDirectories(FILES), "progress", ".out");
        Path err = Files.createTempFile(FILES, "progress", ".err");
        Path classes = Files.createTempFile(FILES, "progress", ".classes");
        String toFiles = "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=" + classes + " " + program("once --full") + " >"
                + out + " 2>" + err;
        String verify = program("verify --no-progress");
        String dumb = "TERM=dumb " + program("verify");
        try (Tmux terminal = new Tmux(80, 40, environment(Map.of()), toFiles + "; " + verify + " && " + dumb)) {
            awaitScreen(terminal, screen -> screen.contains("exit="));
            assertThat(terminal.screen()).contains("exit=0").doesNotContain("of 2 tables");
        }
        assertThat(Files.readString(out)).contains("all 2");
        // Where nothing is drawn, the library that draws is not loaded.
        assertThat(Files.readString(classes)).contains("io.postgresloader.").doesNotContain("org.jline.");
        for (Path file : List.of(out, err)) {
            assertThat(Files.readString(file)).doesNotContainPattern("[\\p{Cntrl}&&[^\\n\\t]]");
        }
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("NO_COLOR", "");
        environment.putAll(more);
        return environment;
    }

    private static String program(String arguments) throws IOException {
        return Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar target/postgres-loader.jar " + arguments;
    }

    private static void awaitScreen(Tmux terminal, Predicate<String> shows) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(terminal.screen())
                .matches(shows));
    }

    private static String lineWith(String screen, String text) {
        return screen.lines().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    private static long linesOf(String screen, String table) {
        return screen.lines().filter(line -> line.startsWith(table + " ")).count();
    }
}
