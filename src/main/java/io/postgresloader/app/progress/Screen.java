package io.postgresloader.app.progress;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;

/**
 * The lines at the cursor that are drawn again and again, on the terminal of standard error. Nothing of the terminal's state
 * is changed, neither the cursor's form nor the region that scrolls, so that a process that is killed leaves a sane terminal.
 * JLine's own Display shifts characters within a line, and then left some behind in tmux; here each line is written whole.
 * Not safe for use by several threads.
 */
final class Screen {
    private static final Size USUAL = new Size(80, 24);

    private final Terminal terminal;
    private final Object windowChange;
    private volatile boolean resized = true;
    private Size size = USUAL;
    private List<AttributedString> shown = List.of();

    private Screen(Terminal terminal) {
        this.terminal = terminal;
        this.windowChange = Signals.register("WINCH", () -> resized = true);
    }

    /** Empty: the terminal cannot be used. */
    static Optional<Screen> open(Charset charset) {
        try {
            return Optional.of(new Screen(TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysErr)
                    // stty is asked; the other providers bring native libraries.
                    .provider("exec")
                    .dumb(false)
                    // Otherwise JLine sets the system's handlers, and Ctrl-C would end the process at once.
                    .nativeSignals(false)
                    .encoding(charset)
                    .build()));
        } catch (IOException | IllegalStateException noTerminal) {
            return Optional.empty();
        }
    }

    /** The size of the terminal now. */
    Size size() {
        if (resized) {
            resized = false;
            Size before = size;
            Size now = terminal.getSize();
            // A terminal that does not know its size says 0.
            size = now.getColumns() < 1 || now.getRows() < 1 ? USUAL : now;
            if (!shown.isEmpty() && !size.equals(before)) {
                erase();
            }
        }
        return size;
    }

    /** Draws these lines over those drawn before. */
    void draw(List<AttributedString> lines) {
        toFirstLine();
        for (int line = 0; line < lines.size(); line++) {
            terminal.writer().print((line == 0 ? "" : "\r\n") + lines.get(line).toAnsi(terminal));
            terminal.puts(Capability.clr_eol);
        }
        if (lines.size() < shown.size()) {
            terminal.puts(Capability.clr_eos);
        }
        terminal.flush();
        shown = lines;
    }

    /** Removes the lines. */
    void erase() {
        if (!shown.isEmpty()) {
            toFirstLine();
            terminal.puts(Capability.clr_eos);
            terminal.flush();
            shown = List.of();
        }
    }

    /**
     * The cursor is at the end of the last line. If the terminal became narrower, it may have wrapped the lines; Ctrl-C may
     * have left its mark behind them.
     */
    private void toFirstLine() {
        int columns = size.getColumns();
        int heights = shown.stream()
                .mapToInt(line -> Math.max(1, (line.columnLength() + columns - 1) / columns))
                .sum();
        terminal.puts(Capability.carriage_return);
        for (int line = 1; line < heights; line++) {
            terminal.puts(Capability.cursor_up);
        }
    }

    void close() {
        erase();
        Signals.unregister("WINCH", windowChange);
        try {
            terminal.close();
        } catch (IOException e) {
            throw new IllegalStateException("the terminal could not be closed", e);
        }
    }
}
