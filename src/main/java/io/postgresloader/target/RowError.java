package io.postgresloader.target;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL says of a row it refuses. COPY's context reads {@code COPY adjustment, line 7, column AdjDate: "…"}
 * in the server's language (French has a space before the colon), so that only the number and a name that is one of our
 * columns are taken from it.
 *
 * @param failure the failure in our own words
 * @param line the line within the COPY, from 1; empty when none was named
 * @param column the column, where one of ours was named
 */
record RowError(Failure failure, OptionalInt line, Optional<String> column) {
    private static final Pattern LINE = Pattern.compile(", \\D*?(\\d+)(?:, \\S+ ([^:]+?)\\h*:)?");

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
        Matcher context = context(message.getWhere(), copied);
        boolean found = context != null && context.lookingAt();
        Optional<String> named = Optional.ofNullable(message.getColumn())
                .or(() -> found ? Optional.ofNullable(context.group(2)) : Optional.empty());
        return new RowError(
                failure,
                found ? OptionalInt.of(Integer.parseInt(context.group(1))) : OptionalInt.empty(),
                named.filter(columns::contains));
    }

    private static Matcher context(String where, String copied) {
        String prefix = "COPY " + copied;
        return where != null && where.startsWith(prefix) ? LINE.matcher(where.substring(prefix.length())) : null;
    }

    boolean duplicateKey() {
        return failure.sqlState().filter("23505"::equals).isPresent();
    }
}
