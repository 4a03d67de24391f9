package io.postgresloader.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/**
 * The function of a trigger, constraint or generated column that raised an error, or that looks for a name which the
 * loader's sessions do not find: they search {@code pg_catalog} and {@code pg_temp} only. Without a name, PostgreSQL's
 * error reads as if the loaded table did not exist; only its context names the function, on the first line, in the
 * server's language. Nothing but that name is taken from the context, which also quotes values.
 */
final class FunctionContext {
    /** No such table, function, type or schema. */
    private static final Set<String> NAME_NOT_FOUND = Set.of("42P01", "42883", "42704", "3F000");

    /** What PL/pgSQL raises. */
    private static final String RAISED = "P0";

    private static final String PLAIN = "[A-Za-z_][\\w$]*";
    private static final String NAME = "(?:" + PLAIN + "|\"[^\"\\n]+\")";

    /** {@code PL/pgSQL function raw.odd(text) line 1 at RETURN}. */
    private static final Pattern PROCEDURAL = Pattern.compile(
            "^[^\"'(:\\n]*?PL/\\w+[^\"'(:\\n]*?(?<![\\w$.\"])((?:" + NAME + "\\.)?" + NAME + "\\([^()'\\n]*\\))");

    /** {@code SQL function "odd" during inlining}; a statement, which is quoted as well, is more than one name. */
    private static final Pattern SQL =
            Pattern.compile("^(?!COPY )[^\"'(:»«„“\\n]*SQL[^\"'(:»«„“\\n]*[\"»«„“]\\h?(" + PLAIN + ")\\h?[\"»«“”]");

    private FunctionContext() {}

    /** What to add to the words of the SQLSTATE; empty: the error is another one, or it is not one of a function. */
    static Optional<String> advice(SQLException thrown) {
        if (!(thrown instanceof PSQLException postgres) || postgres.getServerErrorMessage() == null) {
            return Optional.empty();
        }
        String context = postgres.getServerErrorMessage().getWhere();
        if (postgres.getSQLState().startsWith(RAISED)) {
            return function(context).map(function -> ": " + function);
        }
        return NAME_NOT_FOUND.contains(postgres.getSQLState()) ? advice(context) : Optional.empty();
    }

    /** @param context the lines that PostgreSQL calls context, the innermost first; null if there are none */
    static Optional<String> advice(String context) {
        return function(context)
                .map(function -> ", in function " + function + " of the target: it runs with the loader's search_path,"
                        + " which is pg_catalog and pg_temp; write the schema"
                        + " before each name in it, or run: ALTER FUNCTION "
                        + function + " SET search_path = ...");
    }

    private static Optional<String> function(String context) {
        return Stream.of(PROCEDURAL, SQL)
                .map(pattern -> pattern.matcher(context == null ? "" : context))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }
}
