package io.postgresloader.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A terminal of its own: the only window of a tmux server that ends with it. */
public final class Tmux implements AutoCloseable {
    private final String socket = "postgres-loader-" + UUID.randomUUID();

    /**
     * Starts a command in the terminal, with these variables and those of the terminal.
     *
     * @param command of POSIX sh; when it has ended, its exit code is shown as {@code exit=0}
     */
    public Tmux(int columns, int lines, Map<String, String> environment, String command) {
        String variables = environment.entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "='" + variable.getValue() + "'\n")
                .collect(Collectors.joining());
        try {
            Path script = Files.createTempFile(Files.createDirectories(Path.of("target", "runs")), "tmux", ".sh");
            // The shell would end at Ctrl-C as well.
            Files.writeString(script, variables + "trap : INT\n" + command + "\necho exit=$?\nexec cat\n");
            run(
                    "-f",
                    "/dev/null",
                    "new-session",
                    "-d",
                    "-x",
                    String.valueOf(columns),
                    "-y",
                    String.valueOf(lines),
                    "exec sh " + script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether tmux is installed. */
    public static boolean installed() {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The lines on the screen. */
    public String screen() {
        return run("capture-pane", "-p");
    }

    /** The lines on the screen, and those that were scrolled off it. */
    public String history() {
        return run("capture-pane", "-p", "-S", "-5000");
    }

    /** The screen with the sequences that set its colours. */
    public String colouredScreen() {
        return run("capture-pane", "-p", "-e");
    }

    public void press(String key) {
        run("send-keys", key);
    }

    public void resize(int columns, int lines) {
        run("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(lines));
    }

    /** A variable of tmux, such as {@code cursor_flag}. */
    public String variable(String name) {
        return run("display-message", "-p", "#{" + name + "}").strip();
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + command);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        run("kill-server");
    }
}
