package io.postgresloader.target;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL's error about a row. COPY's context reads {@code COPY adjustment, line 7, column AdjDate: "…"}
 * in the server's language (French has a space before the colon), so that only the number and the name of one of the
 * table's columns are taken from it.
 *
 * @param failure the failure, without the driver's text
 * @param line the line within the COPY, from 1; empty when none was named
 * @param column the column, where one of the table's columns was named
 */
record RowError(Failure failure, OptionalInt line, Optional<String> column) {
    /** The context has a line for each caller, and COPY's is not the first where a type's input function adds one. */
    private static final Function<String, Pattern> CONTEXT =
            copied -> Pattern.compile("^COPY " + Pattern.quote(copied) + ", \\D*?(\\d+)", Pattern.MULTILINE);

    /** French puts a space before it. */
    private static final Pattern COLON = Pattern.compile("\\h*:");

    private static final Pattern WORD = Pattern.compile(", \\S+ ");

    /**
     * @param copied the table that was copied into, as PostgreSQL names it in the context
     * @throws SQLException the exception itself when it is not about the data of a row
     */
    static RowError of(SQLException e, String copied, List<String> columns) throws SQLException {
        Failure failure = SqlFailures.of(e);
        if (failure.kind() != FailureKind.ROW_DATA) {
            throw e;
        }
        ServerErrorMessage message = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null) {
            return new RowError(failure, OptionalInt.empty(), Optional.empty());
        }
        Matcher context = CONTEXT.apply(copied).matcher(message.getWhere() == null ? "" : message.getWhere());
        if (!context.find()) {
            return new RowError(failure, OptionalInt.empty(), named(message.getColumn(), columns));
        }
        String behind = message.getWhere().substring(context.end());
        return new RowError(
                failure,
                OptionalInt.of(Integer.parseInt(context.group(1))),
                named(message.getColumn(), columns).or(() -> atStart(behind, columns)));
    }

    private static Optional<String> named(String column, List<String> columns) {
        return Optional.ofNullable(column).filter(columns::contains);
    }

    /**
     * The longest of our columns' names in {@code , column NAME: "value"}: a name may hold a colon, and so may a
     * value.
     */
    private static Optional<String> atStart(String behind, List<String> columns) {
        Matcher word = WORD.matcher(behind);
        if (!word.lookingAt()) {
            return Optional.empty();
        }
        String rest = behind.substring(word.end());
        return columns.stream()
                .filter(rest::startsWith)
                .filter(column -> COLON.matcher(rest.substring(column.length())).lookingAt())
                .max(Comparator.comparingInt(String::length));
    }
}
