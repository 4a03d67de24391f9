package io.postgresloader.dbt;

import java.util.regex.Pattern;

/** Writes texts so that Jinja, through which dbt reads all files, gives back the same texts. */
final class Jinja {
    /** A brace with which an expression, a statement or a comment would begin. */
    private static final Pattern OPENING = Pattern.compile("\\{(?=[{%#])");

    private static final String BRACE = "{{ '{' }}";

    private Jinja() {}

    /** A text outside of any expression. */
    static String text(String text) {
        return OPENING.matcher(text).replaceAll(BRACE);
    }

    /** A text as a string literal in an expression. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    /** An expression as a string literal in another one; hooks are written so. */
    static String quoted(String expression) {
        return "\"" + expression.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
