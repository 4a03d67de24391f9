package io.postgresloader.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement and the values of its {@code ?} markers.
 *
 * @param text the statement
 * @param parameters one value for each marker, in order, each of the type that the column is compared in
 */
public record BoundSql(String text, List<Object> parameters) {
    public BoundSql {
        parameters = List.copyOf(parameters);
    }

    static BoundSql of(String text, Object... parameters) {
        return new BoundSql(text, List.of(parameters));
    }

    /** {@code this.text + other.text}, with the parameters of both. */
    BoundSql plus(BoundSql other) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(other.parameters);
        return new BoundSql(text + other.text, all);
    }

    static BoundSql join(String separator, List<BoundSql> parts) {
        BoundSql joined = parts.get(0);
        for (BoundSql part : parts.subList(1, parts.size())) {
            joined = joined.plus(of(separator)).plus(part);
        }
        return joined;
    }

    BoundSql inParentheses() {
        return of("(").plus(this).plus(of(")"));
    }
}
