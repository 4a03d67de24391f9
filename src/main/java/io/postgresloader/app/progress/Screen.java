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

/**
 * The lines at the cursor that are drawn again and again, on the terminal of standard error. Nothing of the terminal's state
 * is changed for longer than one write, neither the cursor's form nor the region that scrolls, so that a process that is
 * killed leaves a sane terminal. JLine's own Display shifts characters within a line, and then left some behind in tmux; here
 * each line is written whole. Not safe for use by several threads.
 */
final class Screen {
    private static final Size USUAL = new Size(80, 24);

    /** A line of a frame has one row, also if the terminal is narrower than it was when it was asked. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final Terminal terminal;
    private final WindowChanges window = new WindowChanges();
    private Size size = USUAL;
    private List<AttributedString> shown = List.of();

    private Screen(Terminal terminal) {
        this.terminal = terminal;
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

    /** Whether the size changes now, so that nothing should be written. */
    boolean changing() {
        return window.changing();
    }

    /** The size of the terminal now; lines that were drawn for another size are removed. */
    Size size() {
        if (readSize()) {
            erase();
        }
        return size;
    }

    /** Whether it is another one. */
    private boolean readSize() {
        if (window.takeResumed()) {
            shown = List.of();
        }
        if (!window.takeResized()) {
            return false;
        }
        Size before = size;
        Size now = terminal.getSize();
        // A terminal that does not know its size says 0.
        size = now.getColumns() < 1 || now.getRows() < 1 ? USUAL : now;
        return !size.equals(before);
    }

    /** Draws these lines over those drawn before. */
    void draw(List<AttributedString> lines) {
        if (lines.isEmpty() && shown.isEmpty()) {
            return;
        }
        toFirstLine();
        terminal.writer().print(NO_WRAP);
        for (int line = 0; line < lines.size(); line++) {
            terminal.writer().print(line == 0 ? "" : "\r\n");
            // Before the text: the terminal forgets that it wrapped what was in this row.
            terminal.puts(Capability.clr_eol);
            terminal.writer().print(lines.get(line).toAnsi(terminal));
        }
        terminal.writer().print(WRAP);
        if (lines.size() < shown.size()) {
            terminal.puts(Capability.clr_eos);
        }
        terminal.flush();
        shown = lines;
    }

    /** Removes the lines. */
    void erase() {
        readSize();
        if (!shown.isEmpty()) {
            toFirstLine();
            terminal.puts(Capability.clr_eos);
            terminal.flush();
            shown = List.of();
        }
    }

    /**
     * The cursor is at the end of the last line. If the terminal became narrower, it has wrapped the lines; Ctrl-C may have
     * left its mark behind them. At the top of the screen the cursor stays there: cursor_up alone would scroll.
     */
    private void toFirstLine() {
        int columns = size.getColumns();
        int heights = shown.stream()
                .mapToInt(line -> Math.max(1, (line.columnLength() + columns - 1) / columns))
                .sum();
        terminal.puts(Capability.carriage_return);
        if (heights > 1) {
            terminal.puts(Capability.parm_up_cursor, heights - 1);
        }
    }

    void close() {
        erase();
        window.close();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new IllegalStateException("the terminal could not be closed", e);
        }
    }
}
