package io.postgresloader.camel.reload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.PropertyBindingException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A problem of a route file. The message is about configuration only, never about data, and may be shown. */
public final class RouteProblem extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MOST_LINES = 3;
    /** Some messages of Camel contain whole SQL statements. */
    private static final int MOST_CHARACTERS = 300;

    private final String file;
    private final int line;

    /**
     * @param file the name of the file; empty: no single file is the cause
     * @param line from 1; 0: unknown
     */
    RouteProblem(String file, int line, String reason) {
        super(reason);
        this.file = file;
        this.line = line;
    }

    /** The problem behind an exception that was thrown while a file was parsed or added. */
    static RouteProblem of(String file, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked && marked.getProblem() != null) {
                int line =
                        marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
                return new RouteProblem(file, line, marked.getProblem());
            }
        }
        return new RouteProblem(file, 0, reason(thrown));
    }

    /** The route that could not be created or started, if the exception names one. */
    static Optional<String> routeId(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException failed && failed.getRouteId() != null) {
                return Optional.of(failed.getRouteId());
            }
            if (cause instanceof FailedToStartRouteException failed && failed.getRouteId() != null) {
                return Optional.of(failed.getRouteId());
            }
        }
        return Optional.empty();
    }

    /** The step that failed, as Camel writes it, e.g. {@code Bean[ref:chunk, method:lock]}. */
    static Optional<String> step(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher matcher = Pattern.compile("at: >>> (.*?) <<< in route", Pattern.DOTALL)
                    .matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof FailedToCreateRouteException && matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** The message of the innermost cause, which names the option, the bean or the component. */
    static String reason(Exception thrown) {
        Throwable cause = thrown;
        Throwable withText = thrown;
        PropertyBindingException option = null;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
            option = cause instanceof PropertyBindingException binding ? binding : option;
            withText = cause.getMessage() == null ? withText : cause;
        }
        if (cause instanceof ClassNotFoundException) {
            return "there is no class '" + cause.getMessage() + "'";
        }
        boolean ofJava = cause.getClass().getName().startsWith("java.");
        return ofJava && option != null
                ? "option '" + option.getPropertyName() + "' cannot be '" + option.getValue() + "'"
                : text(withText);
    }

    private static String text(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = text.lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .limit(MOST_LINES)
                .collect(Collectors.joining(" "));
        // With an object's hash, the same reason would be a different text each time.
        String readable = line.replaceAll("(?<=\\w)@[0-9a-f]+\\b", "");
        return readable.length() <= MOST_CHARACTERS ? readable : readable.substring(0, MOST_CHARACTERS) + "...";
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }
}
