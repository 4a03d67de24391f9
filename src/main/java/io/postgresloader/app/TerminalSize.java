package io.postgresloader.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of the terminal that shows the output.
 *
 * @param columns the number of characters in a line
 * @param lines the number of lines
 */
record TerminalSize(int columns, int lines) {
    private static final Pattern STTY = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,4}");
    private static final File TERMINAL = new File("/dev/tty");
    private static final long PATIENCE_SECONDS = 2;

    /** The size now; empty: the output goes to a file or a pipe, or the size is not known. */
    static Optional<TerminalSize> now() {
        return of(System.console() != null, System.getenv(), TerminalSize::stty);
    }

    /**
     * The variables COLUMNS and LINES come first, as in other programs.
     *
     * @param terminal whether a terminal shows the output
     * @param stty the answer of {@code stty size}: lines, then columns; empty: none
     */
    static Optional<TerminalSize> of(boolean terminal, Map<String, String> environment, Supplier<String> stty) {
        if (!terminal) {
            return Optional.empty();
        }
        Optional<Integer> columns = number(environment.get("COLUMNS"));
        Optional<Integer> lines = number(environment.get("LINES"));
        if (columns.isPresent() && lines.isPresent()) {
            return Optional.of(new TerminalSize(columns.get(), lines.get()));
        }
        Matcher size = STTY.matcher(stty.get());
        if (!size.matches()) {
            return Optional.empty();
        }
        // A terminal that does not know its size says 0.
        return number(size.group(2)).flatMap(asked -> number(size.group(1))
                .map(askedLines -> new TerminalSize(columns.orElse(asked), lines.orElse(askedLines))));
    }

    private static Optional<Integer> number(String text) {
        return Optional.ofNullable(text)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Integer::valueOf);
    }

    private static String stty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException noStty) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
