package io.postgresloader.app.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postgresloader.testing.Extent;
import io.postgresloader.testing.Tmux;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays on the screen when a user changes the window in which the live progress is drawn. */
class ChangedWindowIT {
    private static final String LINES_BEFORE = "for n in 1 2 3 4 5 6 7 8 9 10; do echo before; done; ";

    @BeforeAll
    static void tmux() {
        assumeTrue(Tmux.installed(), "tmux is not installed");
    }

    @ParameterizedTest(name = "log lines every {0} ms")
    @ValueSource(ints = {0, 40})
    void noLineIsLeftBehindWhenTheEdgeOfTheWindowIsDragged(int logMillis) throws Exception {
        try (Tmux terminal = new Tmux(80, 24, environment(), LINES_BEFORE + drawing(3, logMillis))) {
            awaitScreen(terminal, screen -> screen.contains("0 of 10 tables"));
            for (int columns : new int[] {60, 100, 70, 120, 75, 55, 110, 62, 90, 58, 80, 64}) {
                terminal.resize(columns, 24);
                Thread.sleep(columns % 4 * 90L);
            }
            terminal.resize(90, 24);
            awaitScreen(terminal, screen -> screen.contains("0 of 10 tables") && screen.contains(" left\ntable1"));
            String all = terminal.history();
            assertThat(all.lines().filter(line -> line.startsWith("table"))).hasSize(3);
            assertThat(all.lines().filter(line -> line.contains("of 10 tables")))
                    .hasSize(1);
            assertThat(all.lines().filter(line -> line.equals("before"))).hasSize(10);
            terminal.press("C-c");
            awaitScreen(terminal, screen -> screen.contains("exit="));
            assertThat(terminal.history().lines().filter(line -> line.startsWith("table")))
                    .isEmpty();
        }
    }

    /** The shell writes "Stopped" and the command that is continued below the lines. */
    @Test
    void whatAShellWritesWhileTheProcessIsStoppedStays() throws Exception {
        String command = "set -m; " + drawing(7, 400) + "; echo Stopped; sleep 1.5; fg";
        try (Tmux terminal = new Tmux(80, 24, environment(), command)) {
            awaitScreen(terminal, screen -> screen.contains("0 of 10 tables") && screen.contains("log of"));
            terminal.press("C-z");
            awaitScreen(terminal, screen -> screen.contains("Stopped"));
            awaitScreen(terminal, screen -> screen.lastIndexOf("of 10 tables") > screen.indexOf("Stopped\n"));
            terminal.press("C-c");
            awaitScreen(terminal, screen -> screen.contains("exit="));
            assertThat(terminal.history()).contains("Stopped\n");
        }
    }

    @ParameterizedTest(name = "{0} columns, {1} lines")
    @CsvSource({"80, 3", "40, 10", "10, 2"})
    void aSmallTerminalIsNotScrolled(int columns, int lines) throws Exception {
        try (Tmux terminal = new Tmux(columns, lines, environment(), drawing(6, 0))) {
            awaitScreen(terminal, screen -> screen.contains("0 of 10 t") || screen.contains("and 5 more"));
            for (int frame = 0; frame < 5; frame++) {
                Thread.sleep(250);
                assertThat(terminal.variable("history_size")).isEqualTo("0");
            }
            assertThat(terminal.screen().lines().filter(line -> line.startsWith("table")))
                    .hasSize(lines == 3 ? 1 : lines == 5 ? 2 : lines == 10 ? 6 : 0);
        }
    }

    private static Map<String, String> environment() {
        return Map.of("LC_ALL", "C.UTF-8", "NO_COLOR", "", "CLASSPATH", System.getProperty("java.class.path"));
    }

    private static String drawing(int tables, int logMillis) {
        return Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
                + DrawnProgress.class.getName() + " " + tables + " " + logMillis;
    }

    @Tag(Extent.SLOW)
    @ParameterizedTest(name = "{0} columns, {1} lines")
    @CsvSource({"40, 3", "20, 5", "80, 2", "80, 1"})
    void moreSmallTerminalsAreNotScrolled(int columns, int lines) throws Exception {
        aSmallTerminalIsNotScrolled(columns, lines);
    }

    private static void awaitScreen(Tmux terminal, Predicate<String> shows) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(terminal.screen()).matches(shows));
    }
}
